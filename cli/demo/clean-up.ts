/** Undoes what was started, last first, whatever happens in between. */

export type CleanUp = {
  /** `undo` runs once, when all is cleaned up. `withinMs`: then the next one follows all the same. */
  add(what: string, undo: () => Promise<void>, options?: { withinMs: number }): void;
  /** What could not be undone, one sentence each. */
  run(): Promise<string[]>;
};

const usuallyWithinMs = 15_000;

export function createCleanUp(): CleanUp {
  const stack: { what: string; undo: () => Promise<void>; withinMs: number }[] = [];
  return {
    add: (what, undo, { withinMs } = { withinMs: usuallyWithinMs }) => void stack.push({ what, undo, withinMs }),
    async run() {
      const left: string[] = [];
      for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
        const { what, undo, withinMs } = next;
        await within(withinMs, undo()).catch((error: unknown) => {
          left.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        });
      }
      return left;
    },
  };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`did not end within ${ms / 1000} s`)), ms);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
