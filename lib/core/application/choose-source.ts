/** Takes the one source of an Application, written as `source` or as the only entry of `sources`. */
import type { FieldPath } from '../yaml/line-of.ts';
import type { Unacted } from './unacted-fields.ts';

export type ChosenSource = {
  /** With `source`, without `sources`. */
  spec: unknown;
  /** Where a field of the chosen spec really stands in the document. */
  written: (path: FieldPath) => FieldPath;
  /** Set when there are several. */
  several: Unacted[];
};

/** As in Argo CD `sources` wins where both are given. */
export function chooseSource(spec: unknown): ChosenSource {
  const asWritten = (path: FieldPath) => path;
  if (typeof spec !== 'object' || spec === null || !('sources' in spec))
    return { spec, written: asWritten, several: [] };
  const { sources, ...rest } = spec;
  if (!Array.isArray(sources) || sources.length === 0) return { spec: rest, written: asWritten, several: [] };
  const because = 'Give each source an Application of its own, or let one kustomization bring them together.';
  return {
    spec: { ...rest, source: sources[0] },
    written: (path) => (path[0] === 'spec' && path[1] === 'source' ? ['spec', 'sources', 0, ...path.slice(2)] : path),
    several: sources.length > 1 ? [{ path: ['sources'], because }] : [],
  };
}
