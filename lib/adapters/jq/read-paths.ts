/** Reads what jq printed for `[path(EXPRESSION)]`. */
import type { JsonPath } from '../../core/drift/json-path.ts';
import { isRecord } from '../../core/object/is-record.ts';
import type { Selected } from '../../ports/jq.ts';
import type { Answer } from './jq-worker.ts';

export function readPaths(answer: Answer, value: unknown): Selected {
  if ('error' in answer) return { because: bare(answer.error) };
  const paths = parse(answer.text);
  if (!isPathList(paths)) return { because: 'it names no path' };
  return { paths: paths.flatMap((path) => expandSlices(path, value)) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Step = string | number | Record<string, unknown>;

function isPathList(paths: unknown): paths is Step[][] {
  return Array.isArray(paths) && paths.every((path) => Array.isArray(path) && path.every(isStep));
}

function isStep(step: unknown): step is Step {
  return typeof step === 'string' || typeof step === 'number' || isRecord(step);
}

/** `.[1:3]` is `{"start":1,"end":3}`: the items it covers, or the one that the next step names among them. */
function expandSlices([first, ...rest]: readonly Step[], value: unknown): JsonPath[] {
  if (first === undefined) return [[]];
  if (typeof first === 'string') return after(first, rest, isRecord(value) ? value[first] : undefined);
  const list = Array.isArray(value) ? value : [];
  if (typeof first === 'number') {
    const index = first < 0 ? first + list.length : first;
    return after(index, rest, list[index]);
  }
  const [start, end] = [edge(first.start, 0, list.length), edge(first.end, list.length, list.length)];
  const part = list.slice(start, end);
  if (rest.length === 0) return part.map((_, index) => [start + index]);
  return expandSlices(rest, part).map(([index, ...below]) => [start + Number(index), ...below]);
}

function after(step: string | number, rest: readonly Step[], below: unknown): JsonPath[] {
  return expandSlices(rest, below).map((path) => [step, ...path]);
}

function edge(given: unknown, otherwise: number, length: number): number {
  if (typeof given !== 'number') return otherwise;
  return Math.min(Math.max(given < 0 ? given + length : given, 0), length);
}

/** `jq: error (at /dev/stdin:0): Cannot iterate over null (null)` without where in what was sent. */
function bare(error: string): string {
  const lines = error.replace(/^Failed to execute raw query: /, '').split('\n');
  const [first = ''] = lines.filter((line) => line.trim() !== '');
  return first.replace(/^jq: error( \([^)]*\))*: /, '').trim();
}
