/** What stands in the way of an Application at one moment. */
import type { Block } from './block.ts';

/** null: nothing. */
export type Gate = {
  /** A sync by itself: of a push, or of a failed revision once more. */
  start: Block | null;
  heal: Block | null;
  /** What a person asks for, a rollback too. */
  request: Block | null;
  /** The next stage of the sync under way. */
  running: Block | null;
  /** A newer commit that would overtake the sync under way, and then have to wait itself. */
  newer: Block | null;
  /** The removal of its objects. */
  removal: Block | null;
};

export const openGate: Gate = { start: null, heal: null, request: null, running: null, newer: null, removal: null };
