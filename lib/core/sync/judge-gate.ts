/** Decides whether the next wave may begin: what came before has to be healthy, its hooks ended, and what was pruned gone. */
import type { Health } from '../health/health.ts';
import { type HookRun, isRunning } from '../hook/hook-run.ts';
import { isCustomGroup } from '../object/is-custom-group.ts';
import { formatKey, type ObjectKey } from '../object/object-key.ts';

export type GateView = {
  hooks: readonly HookRun[];
  /** Of this and earlier waves, applied in this sync or kept; health null: the kind has none. */
  objects: readonly { key: ObjectKey; health: Health | null; justApplied: boolean }[];
  /** Pruned in earlier waves and still there. */
  leaving: readonly ObjectKey[];
  /** How long it has been waited at this gate, in ms. */
  waitedMs: number;
  /** How long it may be. */
  limitMs: number;
};

/** `late`: it was waited for as long as may be, for all that is named. */
export type GateVerdict = { verdict: 'open' } | { verdict: 'wait' | 'failed' | 'late'; because: string };

/**
 * A controller needs a moment until the status it wrote for the old object is no longer there; kinds of Kubernetes itself say so
 * by `observedGeneration`, others may not. Argo CD waits as long after every wave.
 */
const statusMayBeOldMs = 2_000;

export function judgeGate({ hooks, objects, leaving, waitedMs, limitMs }: GateView): GateVerdict {
  const failedHook = hooks.find(({ outcome }) => outcome === 'failed');
  if (failedHook !== undefined) return { verdict: 'failed', because: ofHook(failedHook) };
  const maybeOld = objects.find(
    ({ key, justApplied }) => justApplied && waitedMs < statusMayBeOldMs && isCustomGroup(key.group),
  );
  if (maybeOld !== undefined) return { verdict: 'wait', because: `${formatKey(maybeOld.key)} was just applied` };
  const degraded = objects.find(({ health }) => health?.status === 'Degraded' || health?.status === 'Missing');
  if (degraded !== undefined) return { verdict: 'failed', because: ofObject(degraded) };
  const awaited = [
    ...hooks.filter(isRunning).map(ofHook),
    ...objects.filter(({ health }) => health !== null && health.status !== 'Healthy').map(ofObject),
    ...leaving.map((key) => `${formatKey(key)} is still being deleted`),
  ];
  const [first] = awaited;
  if (first === undefined) return { verdict: 'open' };
  return waitedMs < limitMs ? { verdict: 'wait', because: first } : { verdict: 'late', because: allOf(awaited) };
}

const mostNamed = 5;

function allOf(awaited: readonly string[]): string {
  const more = awaited.length - mostNamed;
  return awaited.slice(0, mostNamed).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function ofHook({ key, phase, outcome, because }: HookRun): string {
  return `${phase} hook ${formatKey(key)} ${outcome === 'failed' ? 'failed' : 'runs'}${because === '' ? '' : `: ${because}`}`;
}

function ofObject({ key, health }: GateView['objects'][number]): string {
  return `${formatKey(key)} is ${health?.status}${health?.because === undefined ? '' : `: ${health.because}`}`;
}
