/** Puts the changes of a sync into stages: hooks and waves as written, what others need pulled ahead of them, prunes mirrored. */
import { comparePhases, orderObjects, type Place } from './order-objects.ts';
import type { PlannedChange, Stage } from './plan.ts';

/** `wave` as written on the object; `last`: it asks to be pruned after everything else (PruneLast). */
export type ChangeInWave = { change: PlannedChange; wave: number; last: boolean };

export function stagesOf(changes: readonly ChangeInWave[]): Stage[] {
  const mirrored = mirror(changes);
  const placed = changes.map((item) => ({ ...item, place: placeOf(item, mirrored) }));
  const lastWave = Math.max(0, ...placed.filter(isOfSync).map(({ place }) => place.wave)) + 1;
  const stages = orderObjects(placed, (item) =>
    pullAhead(item.last && isRemoval(item) ? late(item, lastWave) : item, placed),
  );
  return stages.map(({ phase, wave, items }) => ({ phase, wave, changes: items.map(({ change }) => change) }));
}

type Placed = ChangeInWave & { place: Place };

function placeOf({ change, wave }: ChangeInWave, mirrored: ReadonlyMap<number, number>): Place {
  const removes = isRemoval({ change });
  const phase = change.action === 'hook' ? change.phase : 'Sync';
  return { phase, wave: removes ? (mirrored.get(wave) ?? wave) : wave, kind: change.key.kind, removes };
}

/** The waves of what is pruned change places, first with last: what was applied first goes last (gitops-engine sync_context.go). */
function mirror(changes: readonly ChangeInWave[]): Map<number, number> {
  const waves = [...new Set(changes.filter(isRemoval).map(({ wave }) => wave))].toSorted((a, b) => a - b);
  return new Map(waves.map((wave, index) => [wave, waves.at(-1 - index) ?? wave]));
}

function isRemoval({ change }: Pick<ChangeInWave, 'change'>): boolean {
  return change.action === 'delete' || change.action === 'hand-over' || change.action === 'skip';
}

function isOfSync({ place }: Placed): boolean {
  return place.phase === 'Sync';
}

function late(item: Placed, wave: number): Placed {
  return { ...item, place: { ...item.place, wave } };
}

/** A Namespace comes no later than what lives in it, a definition no later than what it defines, hooks included. */
function pullAhead({ change, place }: Placed, placed: readonly Placed[]): Place {
  if (place.removes) return place;
  const needing = placed
    .filter((other) => !other.place.removes && needs(other.change, change))
    .map(({ place }) => place);
  const { phase, wave } = [place, ...needing].toSorted(comparePhases)[0] ?? place;
  return { ...place, phase, wave };
}

function needs({ key }: PlannedChange, { key: needed }: PlannedChange): boolean {
  if (needed.kind === 'Namespace' && needed.group === '') return key.namespace === needed.name;
  // A definition is named `plural.group`.
  return needed.kind === 'CustomResourceDefinition' && key.group !== '' && needed.name.endsWith(`.${key.group}`);
}
