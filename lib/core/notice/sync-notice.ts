/** How a sync ended: what it did, or what was wrong and that nothing was touched. */
import type { ChangeCounts, Event } from '../event/event.ts';
import type { FaultReport } from '../fault/fault.ts';
import { isRecord } from '../object/is-record.ts';
import type { NoticeBody } from './notice-text.ts';

const shownProblems = 5;

export function writeFinishedNotice(event: Extract<Event, { type: 'sync.finished' }>): NoticeBody {
  const { application, result, counts, fault } = event;
  const commit = `${event.revision.slice(0, 7)}${event.message === '' ? '' : ` "${event.message}"`}`;
  const cause = `${event.who}: ${event.why}`;
  const link = event.url === '' ? null : { url: event.url, label: event.revision.slice(0, 7) };
  if (result === 'succeeded') {
    return {
      tone: 'good',
      title: `${application} is at ${commit}`,
      lines: [sayWork(counts, event.durationMs), cause],
      link,
    };
  }
  const wrong = fault === undefined ? [] : sayFault(fault);
  if (result === 'refused') {
    return {
      tone: 'bad',
      title: `${application} refuses ${commit}`,
      lines: [...wrong, 'Nothing was applied: what runs is untouched.', cause],
      link,
    };
  }
  return {
    tone: 'bad',
    title: `${application}: sync to ${commit} failed`,
    lines: [...wrong, `Until then: ${sayWork(counts, event.durationMs)}`, cause],
    link,
  };
}

function sayWork({ created, updated, pruned, kept }: ChangeCounts, durationMs: number): string {
  const done = Object.entries({ created, updated, pruned }).flatMap(([what, count]) =>
    count > 0 ? [`${count} ${what}`] : [],
  );
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  if (done.length === 0) return `nothing to change in ${kept} objects, ${seconds}`;
  return `${[...done, ...(kept > 0 ? [`${kept} unchanged`] : [])].join(', ')} in ${seconds}`;
}

/** What is wrong and what to do about it; each of them where there are several. */
export function sayFault(fault: FaultReport): string[] {
  const { problems } = fault.facts;
  const several = Array.isArray(problems) ? problems.flatMap(readProblem) : [];
  const all = several.length > 0 ? several : [fault];
  const rest = all.length - shownProblems;
  return [
    ...all
      .slice(0, shownProblems)
      .flatMap(({ message, hint }) => [...message.split('\n'), ...hint.split('\n').map((line) => `→ ${line}`)]),
    ...(rest > 0 ? [`… and ${rest} more`] : []),
  ];
}

function readProblem(problem: unknown): { message: string; hint: string }[] {
  if (!isRecord(problem) || typeof problem.message !== 'string') return [];
  return [{ message: problem.message, hint: typeof problem.hint === 'string' ? problem.hint : '' }];
}
