/** Rehearses the write of one object in the way it will be carried out: applied, replaced, or deleted and made anew. */
import type { Application } from '../core/application/application.ts';
import type { FieldChange } from '../core/event/field-change.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { Desired } from '../core/plan/desired.ts';
import { explainImmutable } from '../core/plan/explain-immutable.ts';
import type { Ports } from '../ports/ports.ts';
import { refOf } from './ref-of.ts';
import { writeOptions } from './write-options.ts';

export type WriteToRehearse = {
  wanted: Desired;
  application: Application;
  /** null: it was not looked for. */
  live: KubernetesObject | null;
  /** As Git wanted it before; null where that is not known. */
  before: KubernetesObject | null;
};

export type Rehearsal =
  | { by: 'write'; becomes: KubernetesObject; live: KubernetesObject | null }
  /** `changes`: what cannot be changed. */
  | { by: 'recreation'; live: KubernetesObject; changes: FieldChange[] };

/** Fault apply.immutable_field with the old and the new values, unless the object asks to be made anew. */
export async function rehearseWrite(item: WriteToRehearse, cluster: ReturnType<Ports['cluster']>): Promise<Rehearsal> {
  const { wanted, application } = item;
  try {
    return await write(item, cluster);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code !== 'apply.immutable_field') throw withAdvice(error, item);
    const live = item.live ?? (await cluster.read(refOf(wanted)));
    if (live === null) throw error;
    const { recreate, validate, propagation } = writeOptions(wanted.object, application);
    const told = { live, wanted: wanted.object, before: item.before, advice: recreate.advice };
    const { fault, changes } = explainImmutable(error, told);
    if (!recreate.may) throw fault;
    await cluster.remove(refOf(wanted), { uid: live.metadata.uid ?? '', propagation, dryRun: true });
    await cluster.rehearseCreate(wanted.object, { validate });
    return { by: 'recreation', live, changes };
  }
}

/** Who asked not to validate hears why this is refused all the same. */
function withAdvice(fault: Fault, { wanted, application }: WriteToRehearse): Fault {
  if (fault.facts.undeclared === undefined || writeOptions(wanted.object, application).validate) return fault;
  const advice = 'Validate=false does not help: server-side apply cannot own a field that the kind does not have.';
  return new Fault(fault.code, { ...fault.facts, advice }, { cause: fault });
}

async function write(
  { wanted, application, live: known }: WriteToRehearse,
  cluster: ReturnType<Ports['cluster']>,
): Promise<Rehearsal> {
  const { replace, validate } = writeOptions(wanted.object, application);
  const live = known ?? (replace ? await cluster.read(refOf(wanted)) : null);
  const options = { dryRun: true, validate };
  const becomes =
    replace && live !== null
      ? await cluster.replace(wanted.object, { ...options, live })
      : await cluster.apply(wanted.object, options);
  // A rehearsed create was never stored, so it has no resourceVersion.
  const isThere = live === null && becomes.metadata.resourceVersion !== undefined;
  return { by: 'write', becomes, live: isThere ? await cluster.read(refOf(wanted)) : live };
}
