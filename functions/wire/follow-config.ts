/** Keeps what a warm function works with in step with its configuration: looked at now and then, made anew when it changed. */
import type { Config } from '../../lib/core/config/config.ts';
import type { Clock } from '../../lib/ports/clock.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Open } from '../open.ts';

export type Made<Parts> = {
  parts: Parts;
  /** Made anew after this time also when the configuration is the same: it said to look for something. */
  goodForMs?: number;
  close?(): Promise<void>;
};

export type FollowOptions<Parts> = {
  /** `unchanged`: the one with this stamp is still the newest. */
  read(stamp?: string): Promise<{ config: Config; stamp: string } | 'unchanged'>;
  make(config: Config): Promise<Made<Parts>>;
  log: Log;
  now: Clock;
  everyMs?: number;
};

/** A change is followed within a minute, which is what one conditional request a minute costs. */
const defaultEveryMs = 60_000;

/**
 * Faults: config.* the first time. Later on a configuration that cannot be read, or is wrong, is logged, and the last one
 * that was right stays: one bad edit stops no cluster. A function handles one invocation at a time, so nothing is in use
 * when it is closed.
 */
export function followConfig<Parts>(options: FollowOptions<Parts>): Open<Parts> {
  const { read, make, log, now, everyMs = defaultEveryMs } = options;
  let current: { made: Made<Parts>; madeAt: number; stamp: string; lookedAt: number } | null = null;

  async function first(): Promise<Parts> {
    const found = await read();
    if (found === 'unchanged') throw new TypeError('a configuration nobody has is unchanged');
    const made = await make(found.config);
    current = { made, madeAt: now(), stamp: found.stamp, lookedAt: now() };
    return made.parts;
  }

  return async () => {
    if (current === null) return first();
    if (now() - current.lookedAt < everyMs) return current.made.parts;
    current.lookedAt = now();
    try {
      const { goodForMs = Number.POSITIVE_INFINITY } = current.made;
      const found = now() - current.madeAt < goodForMs ? await read(current.stamp) : await read();
      if (found === 'unchanged') return current.made.parts;
      const before = current.made;
      const { stamp } = found;
      if (stamp !== current.stamp) log.info('config.changed', { stamp });
      current = { made: await make(found.config), madeAt: now(), stamp, lookedAt: now() };
      await before.close?.();
    } catch (error) {
      log.error('config.not_followed', {}, error);
    }
    return current.made.parts;
  };
}
