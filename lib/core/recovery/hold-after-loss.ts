/** The hold under which an Application comes back whose state was lost, and what is left of it once somebody has confirmed. */
import type { Hold } from '../application/application-state.ts';

/** `before`: the hold that was lost with the state. `since`: ms since the epoch. */
export function holdAfterLoss(application: string, before: Hold | null, since: number): Hold {
  const reason = `its state was lost; see trueup recover, then trueup recover --confirm ${application}`;
  return {
    who: 'trueup',
    reason: before === null ? reason : `${reason} (was held by ${inWords(before)})`,
    since,
    until: null,
    afterLoss: { before },
  };
}

/** null: nothing holds it any more. */
export function holdOnceConfirmed({ afterLoss }: Hold, now: number): Hold | null {
  const before = afterLoss?.before ?? null;
  return before === null || (before.until !== null && before.until <= now) ? null : before;
}

export function awaitsConfirmation(hold: Hold | null): boolean {
  return hold?.afterLoss !== undefined;
}

function inWords({ who, reason, until }: Hold): string {
  return `${who}: ${reason}${until === null ? '' : ` until ${new Date(until).toISOString()}`}`;
}
