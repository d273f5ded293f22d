/** Says in our words what the disk under the blobs and the installation key refused. */
import { Fault } from '../../core/fault/fault.ts';

const full = new Set(['ENOSPC', 'EDQUOT']);

/** An error that carries no error code of the system is a bug and passes. */
export function diskFault(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  if (full.has(String(error.code))) return new Fault('store.full', { path }, { cause: error });
  return new Fault('store.unavailable', { path, because: error.message }, { cause: error });
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
