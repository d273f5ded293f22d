/** Says in our words what SQLite refused. */
import { Fault } from '../../core/fault/fault.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html; the upper bits only refine them. */
const primaryCode = 0xff;
const permission = 3;
const busy = 5;
const locked = 6;
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const notADatabase = 26;
/** The shared index of the log could not grow: how a full disk shows when another process has it open. */
const ioErrorSharedMemorySize = 4874;

/** Faults pass; what is no failure of the world is a bug and passes too. */
export function sqliteFault(error: unknown, path: string): unknown {
  const code = resultCode(error);
  if (code === null || !(error instanceof Error)) return error;
  if (code === ioErrorSharedMemorySize) return new Fault('store.full', { path }, { cause: error });
  switch (code & primaryCode) {
    case full:
      return new Fault('store.full', { path }, { cause: error });
    case busy:
    case locked:
      return new Fault('store.unavailable', { path, because: 'another process keeps it locked' }, { cause: error });
    case permission:
    case readOnly:
    case ioError:
    case cannotOpen:
      return new Fault('store.unavailable', { path, because: error.message }, { cause: error });
    case corrupt:
    case notADatabase:
      return new Fault('store.unreadable', { path, because: error.message }, { cause: error });
    default:
      return error;
  }
}

/** Another connection is in the way, for now. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code !== null && (code & primaryCode) === busy;
}

function resultCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;
}
