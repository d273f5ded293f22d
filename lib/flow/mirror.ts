/**
 * What outlives the table, as blobs: who holds an Application and why, and that it was ever deployed. The fleet names the
 * Applications to ask for, so nothing has to be listed.
 */
import type { Hold } from '../core/application/application-state.ts';
import { Fault } from '../core/fault/fault.ts';
import type { Ports } from '../ports/ports.ts';

type Kept = Pick<Ports, 'blobs'>;

/** Before the first write to a cluster. */
export async function mirrorDeployed(application: string, { blobs }: Kept): Promise<void> {
  await blobs.put(deployedKey(application), Uint8Array.of(1));
}

/** One that cannot be read was written with a key that is lost, too: it is there, and that is what counts. */
export async function wasDeployed(application: string, { blobs }: Kept): Promise<boolean> {
  try {
    return (await blobs.get(deployedKey(application))) !== null;
  } catch (error) {
    if (isUnreadable(error)) return true;
    throw error;
  }
}

/** Set before the table has it and ended after: a kill in between leaves a hold too many, never one too few. */
export async function mirrorHold(application: string, hold: Hold | null, { blobs }: Kept): Promise<void> {
  // A blob is never written over.
  await blobs.remove(holdKey(application));
  if (hold !== null) await blobs.put(holdKey(application), new TextEncoder().encode(JSON.stringify(hold)));
}

export async function mirroredHold(application: string, { blobs }: Kept): Promise<Hold | null> {
  try {
    const bytes = await blobs.get(holdKey(application));
    return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw error;
  }
}

/** Before the register forgets it: what it does not know and is still mirrored counts as lost. */
export async function forgetMirrored(application: string, { blobs }: Kept): Promise<void> {
  await blobs.remove(holdKey(application));
  await blobs.remove(deployedKey(application));
}

function isUnreadable(error: unknown): boolean {
  return error instanceof Fault && error.code === 'store.blob_unreadable';
}

function deployedKey(application: string): string {
  return `recovery/deployed/${application}`;
}

function holdKey(application: string): string {
  return `recovery/holds/${application}`;
}
