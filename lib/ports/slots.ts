/** Bounds how many workers are busy with one cluster at once, whatever starts them. */
export type Slot = { cluster: string /** 0 to `of` - 1. */; number: number; holder: string };

export interface Slots {
  /** null: all `of` are taken. What is not released is free again after `forMs`. */
  take(cluster: string, options: { of: number; holder: string; now: number; forMs: number }): Promise<Slot | null>;
  /** Changes nothing when the slot is somebody else's by now. */
  release(slot: Slot): Promise<void>;
}
