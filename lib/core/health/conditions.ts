/** `status.conditions`, the way most kinds say how they fare. */
import { listAt, numberAt, textAt } from './read-field.ts';

export type Condition = {
  type: string;
  /** `True`, `False` or `Unknown`. */
  status: string;
  reason: string;
  message: string;
  observedGeneration: number | null;
};

export function conditionsOf(object: unknown): Condition[] {
  return listAt(object, 'status', 'conditions').map(readCondition);
}

export function findCondition(object: unknown, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}

export function readCondition(entry: unknown): Condition {
  return {
    type: textAt(entry, 'type'),
    status: textAt(entry, 'status'),
    reason: textAt(entry, 'reason'),
    message: textAt(entry, 'message'),
    observedGeneration: numberAt(entry, 'observedGeneration'),
  };
}

/** `Reason: message`, whichever of the two there is, or `otherwise`. */
export function sayCondition(condition: Condition, otherwise: string): string {
  return [condition.reason, condition.message].filter((text) => text !== '').join(': ') || otherwise;
}
