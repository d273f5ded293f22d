/** Lines for a person at a terminal: `12:03:04 object.applied  object=apps/Deployment shop/web action=update`. */

import { describeError } from '../../core/log/describe-error.ts';
import { redact } from '../../core/log/redact.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

const colours = { info: '\u001b[36m', warn: '\u001b[33m', error: '\u001b[31m' };
const plain = '\u001b[0m';

export function prettyLog(write: (line: string) => void, now: Clock): Log {
  const line = (level: keyof typeof colours, name: string, facts: Record<string, unknown> = {}, error?: unknown) => {
    const time = new Date(now()).toISOString().slice(11, 19);
    const rest = error === undefined ? facts : { ...facts, error: describeError(error) };
    write(`${time} ${colours[level]}${name}${plain}${formatFacts(redact(rest))}\n`);
  };
  return {
    info: (name, facts) => line('info', name, facts),
    warn: (name, facts) => line('warn', name, facts),
    error: (name, facts, error) => line('error', name, facts, error),
  };
}

function formatFacts(facts: unknown): string {
  if (typeof facts !== 'object' || facts === null) return '';
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
}
