/** Remembers secrets for a while, so that neither a flood of webhooks nor a bad minute of AWS is felt. */
import { Fault } from '../../core/fault/fault.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

/** A rotated secret counts after this at the latest, and at once where somebody says that the old one was refused. */
const rememberMs = 5 * 60_000;
const askAgainMs = 10_000;
/** While the service fails. What it says is gone, or not for us, is believed at once. */
const outlastMs = 60 * 60_000;

export type RememberSecretsOptions = { read(name: string): Promise<string>; log: Log; now: Clock };

type Known = { value: string; at: number };
type Entry = { known: Known | null; askedAt: number; asking: Promise<string> | null };

/** Faults of the result: those of `read`. */
export function rememberSecrets({ read, log, now }: RememberSecretsOptions) {
  const entries = new Map<string, Entry>();

  return (name: string, { fresh = false }: { fresh?: boolean } = {}): Promise<string> => {
    const entry = entryOf(name);
    if (entry.asking !== null) return entry.asking;
    if (entry.known !== null && !isDue(entry.known, entry.askedAt, fresh)) return Promise.resolve(entry.known.value);
    entry.askedAt = now();
    entry.asking = ask(name, entry).finally(() => {
      entry.asking = null;
    });
    return entry.asking;
  };

  function entryOf(name: string): Entry {
    const entry = entries.get(name) ?? { known: null, askedAt: Number.NEGATIVE_INFINITY, asking: null };
    entries.set(name, entry);
    return entry;
  }

  function isDue({ at }: Known, askedAt: number, fresh: boolean): boolean {
    return now() - askedAt >= askAgainMs && (fresh || now() - at >= rememberMs);
  }

  async function ask(name: string, entry: Entry): Promise<string> {
    try {
      const value = await read(name);
      entry.known = { value, at: now() };
      return value;
    } catch (error) {
      const { known } = entry;
      if (known !== null && isUnreachable(error) && now() - known.at < outlastMs) {
        log.warn('secret.outlasts', { name, ageMs: now() - known.at, because: String(error) });
        return known.value;
      }
      entry.known = null;
      throw error;
    }
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof Fault && error.code === 'config.secret_unreachable';
}
