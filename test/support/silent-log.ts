/** A log that nobody reads. */
import type { Log } from '../../lib/ports/log.ts';

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
