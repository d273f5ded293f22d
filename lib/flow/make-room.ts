/** Deletes an object that is to be made anew. Run again after a kill it goes on with what is left to do. */
import { Fault } from '../core/fault/fault.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { Ports } from '../ports/ports.ts';
import type { ChangeToApply } from './apply-change.ts';
import { refOf } from './ref-of.ts';
import { removeChange } from './remove-change.ts';
import { writeOptions } from './write-options.ts';

/** Fault apply.held_back while finalizers keep the old one. */
export async function makeRoom({ change, wanted, entry }: ChangeToApply, ports: Ports): Promise<void> {
  const cluster = ports.cluster(entry.cluster);
  const { uid } = change;
  const old = async () => {
    const live = await cluster.read(refOf(wanted));
    return live?.metadata.uid === uid ? live : null;
  };
  if (uid === null || (await old()) === null) return;
  const { propagation } = writeOptions(wanted.object, entry.application);
  const isMeant = (owner: string | null) =>
    owner === null || owner === entry.application.name || owner === change.takesFrom;
  await removeChange({ change: { ...change, uid }, propagation, entry, isMeant }, ports);
  const left = await old();
  if (left === null) return;
  throw new Fault('apply.held_back', { object: formatKey(change.key), finalizers: left.metadata.finalizers ?? [] });
}
