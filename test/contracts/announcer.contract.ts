/** What every channel must do with a notice: take it, show its id, and say by code whether trying again can help. */
import { equal, match, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Announcer } from '../../lib/ports/announcer.ts';
import { aNotice } from '../core/notice/a-notice.ts';

export type AnnouncerUnderTest = {
  announcer: Announcer;
  /** What people see, oldest first. */
  shown(): readonly string[];
  /** What the next announcement meets. */
  meetNext(trouble: 'refusal' | 'limit of 7 s' | 'breakdown' | 'silence'): void;
  close(): Promise<void>;
};

export function announcerContract(name: string, start: () => Promise<AnnouncerUnderTest>): void {
  describe(`announcer contract: ${name}`, () => {
    let under: AnnouncerUnderTest;
    before(async () => {
      under = await start();
    });
    after(() => under.close());

    const hold = aNotice({ type: 'hold.set', reason: 'looking into it', until: null });
    const shownAfter = (count: number) => under.shown().slice(count);

    it('shows a notice with its id', async () => {
      const count = under.shown().length;
      await under.announcer.announce(hold);
      const [text = ''] = shownAfter(count);
      match(text, /shop is on hold/);
      match(text, /looking into it/);
      match(text, /Notice ev-1@team/);
    });

    it('shows a notice that is announced twice with the same id, so that people see it is one', async () => {
      const count = under.shown().length;
      await under.announcer.announce(hold);
      await under.announcer.announce({ ...hold, attempts: 1 });
      const [first, second] = shownAfter(count);
      equal(first, second);
    });

    for (const { trouble, code, retry } of [
      { trouble: 'refusal', code: 'notice.refused', retry: 'never' },
      { trouble: 'limit of 7 s', code: 'notice.rate_limited', retry: 'later' },
      { trouble: 'breakdown', code: 'notice.unreachable', retry: 'later' },
      { trouble: 'silence', code: 'notice.unreachable', retry: 'later' },
    ] as const) {
      it(`meets a ${trouble} with ${code}, to be tried ${retry}, and takes the next notice again`, async () => {
        const count = under.shown().length;
        under.meetNext(trouble);
        await rejects(under.announcer.announce(hold), (error) => {
          if (!(error instanceof Fault)) return false;
          equal(error.code, code);
          equal(error.info.retry, retry);
          if (code === 'notice.rate_limited') equal(error.facts.retryAfterMs, 7000);
          return true;
        });
        equal(under.shown().length, count);
        await under.announcer.announce(hold);
        equal(under.shown().length, count + 1);
      });
    }

    it('meets a channel that is not there with a fault that can be tried again', async () => {
      await under.close();
      await rejects(
        under.announcer.announce(hold),
        (error) => error instanceof Fault && error.code === 'notice.unreachable',
      );
    });
  });
}
