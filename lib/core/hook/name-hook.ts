/** Makes of a hook what is created in one phase of one operation: always the same, so that it is created once. */
import { keyOf } from '../object/object-key.ts';
import { operationAnnotation } from '../object/tracking.ts';
import type { Desired } from '../plan/desired.ts';
import type { DesiredHook, Phase } from './hook.ts';

export type HookOccasion = {
  /** Id of the operation. */
  operation: string;
  phase: Phase;
  /** Full SHA. */
  revision: string;
  /** When the operation began (ms since the epoch). */
  startedAt: number;
};

export function nameHook({ hook: _, ...desired }: DesiredHook, occasion: HookOccasion): Desired {
  const { object } = desired;
  const { generateName, ...metadata } = object.metadata;
  const name = generateName === undefined ? metadata.name : generatedName(generateName, occasion);
  const annotations = { ...metadata.annotations, [operationAnnotation]: operationMark(occasion) };
  const named = { ...object, metadata: { ...metadata, name, annotations } };
  return { ...desired, key: keyOf(named), object: named };
}

/** What a hook of this operation and phase carries. */
export function operationMark({ operation, phase }: Pick<HookOccasion, 'operation' | 'phase'>): string {
  return `${operation} ${phase}`;
}

/** Argo CD's way of writing it, so that scripts that look for such a name find it. */
function generatedName(prefix: string, { revision, phase, startedAt }: HookOccasion): string {
  return `${prefix}${revision.slice(0, 7)}-${phase}-${Math.floor(startedAt / 1000)}`.toLowerCase();
}
