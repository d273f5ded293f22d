/** Where each watch of a sweep goes on. `kind` is `apiVersion/kind`. */
export type Position = {
  resourceVersion: string;
  /** When the last full LIST was (ms since the epoch). */
  listedAt: number;
};

export interface Positions {
  of(cluster: string): Promise<Record<string, Position>>;
  /** null forgets it: the next sweep lists. */
  put(cluster: string, kind: string, position: Position | null): Promise<void>;
}
