/** Time that passes only when everybody waits: hours of work by many at once in a second, and the same each time. */
export type VirtualTime = {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Lets time pass until the work is done. */
  run<Result>(work: Promise<Result>): Promise<Result>;
};

export function virtualTime(startAt: number): VirtualTime {
  const sleeping: { at: number; wake(): void }[] = [];
  let now = startAt;
  return {
    now: () => now,
    sleep: (ms) => new Promise((wake) => void sleeping.push({ at: now + ms, wake })),
    async run(work) {
      let done = false;
      const end = () => {
        done = true;
      };
      work.then(end, end);
      for (;;) {
        // Nothing here waits for the world outside, so afterwards everybody sleeps.
        await new Promise(setImmediate);
        if (done) return work;
        const next = sleeping.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) throw new Error('everybody waits for nothing');
        now = next.at;
        for (const due of sleeping.splice(0)) {
          if (due.at <= now) due.wake();
          else sleeping.push(due);
        }
      }
    },
  };
}
