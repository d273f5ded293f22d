/** Says on stderr that an Application is on hold: whoever looks at it, whatever the command, is told. */
import type { Hold } from '../lib/core/application/application-state.ts';
import { say } from './print.ts';

export function sayHold({ application, hold }: { application: { name: string }; hold: Hold | null }): void {
  if (hold !== null) say(`note: ${application.name} is on hold, ${formatHold(hold)}. End it with: trueup unhold`);
}

/** `by ann (trueup hold): looking, until 2026-01-31T12:00:00.000Z` */
export function formatHold({ who, reason, until }: Pick<Hold, 'who' | 'reason' | 'until'>): string {
  return `by ${who}: ${reason}${until === null ? '' : `, until ${new Date(until).toISOString()}`}`;
}
