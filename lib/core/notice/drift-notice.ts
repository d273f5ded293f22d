/** Who changed what by hand, and what became of it. */
import type { Event, HandEdit } from '../event/event.ts';
import { formatKey } from '../object/object-key.ts';
import type { NoticeBody } from './notice-text.ts';
import { sayChange, sayChanges } from './say-changes.ts';
import { sayTime } from './say-time.ts';

type Found = Extract<Event, { type: 'drift.found' }>;

export function writeDriftNotice(event: Found): NoticeBody {
  const { diff, action } = event;
  const [only, ...more] = diff;
  const inOneLine = only !== undefined && more.length === 0;
  const changed = inOneLine ? `: ${sayChange(only)}` : '';
  return {
    tone: action === 'reverted' ? 'info' : 'warning',
    title: `${sayDeed(event)}${changed}; ${outcomes[action].word(event.what)}`,
    lines: [...(inOneLine ? [] : sayChanges(diff)), ...outcomes[action].advice(event.application)],
  };
}

const outcomes: Record<Found['action'], { word(what: Found['what']): string; advice(application: string): string[] }> =
  {
    reverted: { word: (what) => (what === 'deleted' ? 'created again' : 'reverted'), advice: () => [] },
    reported: {
      word: () => 'left as it is',
      advice: (application) => [
        `${application} only reports drift. To make the cluster as Git has it: trueup sync ${application}`,
      ],
    },
    held: {
      word: () => 'left as it is',
      advice: (application) => [`${application} is on hold. To let Git win again: trueup unhold ${application}`],
    },
  };

function sayDeed({ what, object, by, who, at }: Found): string {
  const name = formatKey(object);
  const [edit] = by;
  const hand = edit === undefined ? capitalise(who) : sayTool(edit);
  const time = sayTime(edit?.at || at);
  if (what === 'deleted') return `${name} was deleted${who === 'somebody' ? '' : ` by ${who}`}, found at ${time}`;
  return `${hand} ${what === 'recreated' ? 'deleted and recreated' : 'changed'} ${name} at ${time}`;
}

export function writeFightNotice(event: Extract<Event, { type: 'drift.fighting' }>): NoticeBody {
  const others = [...new Set(event.by.map(sayTool))].join(', ') || 'Another writer';
  return {
    tone: 'bad',
    title: `${others} keeps changing ${formatKey(event.object)}; no longer reverted`,
    lines: [
      ...sayChanges(event.diff),
      `Stop the other writer or take the field out of Git, then: trueup sync ${event.application}`,
    ],
  };
}

/** `kubectl-edit` → `kubectl (edit)`: the field manager is the tool and what it was told to do. */
function sayTool({ manager }: HandEdit): string {
  return manager.replace(/^kubectl-(\S+)/, 'kubectl ($1)');
}

function capitalise(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
