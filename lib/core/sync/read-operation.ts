/** An operation that another version of Trueup began: what it did not know yet is filled in, and a plan it made is made anew. */
import { type Operation, unplanned } from './operation.ts';

export function readOperation(operation: Operation): Operation {
  if ('gates' in operation) return operation;
  const known: Operation = operation;
  const began = known.phase === 'starting' || known.phase === 'settling' ? known.phase : 'planning';
  return { ...known, ...unplanned, hooks: [], failure: null, only: null, blockedSince: null, phase: began };
}
