/** Positions of watches in memory, for unit tests. */
import type { Position, Positions } from '../../ports/positions.ts';

export function memoryPositions(): Positions {
  const clusters = new Map<string, Map<string, Position>>();

  return {
    async of(cluster) {
      return structuredClone(Object.fromEntries(clusters.get(cluster) ?? []));
    },
    async put(cluster, kind, position) {
      const kinds = clusters.get(cluster) ?? new Map<string, Position>();
      clusters.set(cluster, kinds);
      if (position === null) kinds.delete(kind);
      else kinds.set(kind, structuredClone(position));
    },
  };
}
