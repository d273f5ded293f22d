import { deepEqual, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody } from '../../../lib/core/event/event.ts';
import type { FaultReport } from '../../../lib/core/fault/fault.ts';
import { writeNotice } from '../../../lib/core/notice/write-notice.ts';
import { aNotice } from './a-notice.ts';

const nginx = { group: 'apps', kind: 'Deployment', namespace: 'demo', name: 'nginx' };
const scaled = [{ path: 'spec.replicas', from: 5, to: 2 }];
const hand = [{ manager: 'kubectl (scale)', at: '2026-03-02T12:03:04Z' }];
const revision = '1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b';
const finished = {
  type: 'sync.finished',
  revision,
  durationMs: 4210,
  message: 'Scale to 5',
  url: 'https://git.example.com/c/1a2b3c4',
} as const;
const none = { created: 0, updated: 0, pruned: 0, kept: 0 };
const selector: FaultReport = {
  code: 'apply.invalid',
  message:
    'web/deploy.yaml:1: the cluster refuses apps/Deployment demo/web: spec.selector: Required value; spec.template.metadata.labels: Required value',
  hint: 'Correct this in web/deploy.yaml and push again; what runs was not touched.',
  facts: {},
};

const cases: { it: string; event: EventBody; who?: string; tone: string; title: string; lines: string[] }[] = [
  {
    it: 'says what a sync did',
    event: { ...finished, result: 'succeeded', counts: { created: 1, updated: 2, pruned: 1, kept: 3 } },
    tone: 'good',
    title: 'shop is at 1a2b3c4 "Scale to 5"',
    lines: ['1 created, 2 updated, 1 pruned, 3 unchanged in 4.2 s', 'Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"'],
  },
  {
    it: 'says that a sync had nothing to do',
    event: { ...finished, message: '', result: 'succeeded', counts: { ...none, kept: 3 } },
    tone: 'good',
    title: 'shop is at 1a2b3c4',
    lines: ['nothing to change in 3 objects, 4.2 s', 'Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"'],
  },
  {
    it: 'names file, line, fields and a way out when a push is refused',
    event: { ...finished, result: 'refused', counts: none, fault: selector },
    tone: 'bad',
    title: 'shop refuses 1a2b3c4 "Scale to 5"',
    lines: [
      selector.message,
      '→ Correct this in web/deploy.yaml and push again; what runs was not touched.',
      'Nothing was applied: what runs is untouched.',
      'Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"',
    ],
  },
  {
    it: 'says how far a failed sync came',
    event: {
      ...finished,
      result: 'failed',
      counts: { ...none, updated: 1 },
      fault: { code: 'x', message: 'It broke', hint: 'Mend it', facts: {} },
    },
    tone: 'bad',
    title: 'shop: sync to 1a2b3c4 "Scale to 5" failed',
    lines: [
      'It broke',
      '→ Mend it',
      'Until then: 1 updated in 4.2 s',
      'Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"',
    ],
  },
  {
    it: 'names who scaled by hand, and that Git won',
    event: { type: 'drift.found', what: 'changed', object: nginx, diff: scaled, action: 'reverted', by: hand },
    tone: 'info',
    title: 'kubectl (scale) changed apps/Deployment demo/nginx at 12:03:04 UTC: spec.replicas 5 → 2; reverted',
    lines: [],
  },
  {
    it: 'lists the fields where a hand changed several',
    event: {
      type: 'drift.found',
      what: 'changed',
      object: nginx,
      action: 'held',
      by: [{ manager: 'kubectl-edit', at: '2026-03-02T12:03:04Z' }],
      diff: [
        ...scaled,
        { path: 'spec.template.spec.containers[name=web].env[name=A].value', to: 'hand made' },
        { path: 'metadata.labels.x', from: '1' },
      ],
    },
    tone: 'warning',
    title: 'kubectl (edit) changed apps/Deployment demo/nginx at 12:03:04 UTC; left as it is',
    lines: [
      'spec.replicas 5 → 2',
      'spec.template.spec.containers[name=web].env[name=A].value added: "hand made"',
      'metadata.labels.x removed (was 1)',
      'shop is on hold. To let Git win again: trueup unhold shop',
    ],
  },
  {
    it: 'says that an object was deleted by nobody knows whom',
    event: { type: 'drift.found', what: 'deleted', object: nginx, diff: [], action: 'reverted', by: [] },
    who: 'somebody',
    tone: 'info',
    title: 'apps/Deployment demo/nginx was deleted, found at 12:05:00 UTC; created again',
    lines: [],
  },
  {
    it: 'says how to undo drift that is only reported',
    event: { type: 'drift.found', what: 'recreated', object: nginx, diff: [], action: 'reported', by: hand },
    tone: 'warning',
    title: 'kubectl (scale) deleted and recreated apps/Deployment demo/nginx at 12:03:04 UTC; left as it is',
    lines: ['shop only reports drift. To make the cluster as Git has it: trueup sync shop'],
  },
  {
    it: 'names the other writer of a fight',
    event: { type: 'drift.fighting', object: nginx, diff: scaled, by: [...hand, ...hand] },
    tone: 'bad',
    title: 'kubectl (scale) keeps changing apps/Deployment demo/nginx; no longer reverted',
    lines: ['spec.replicas 5 → 2', 'Stop the other writer or take the field out of Git, then: trueup sync shop'],
  },
  {
    it: 'says why an Application is Degraded',
    event: {
      type: 'health.changed',
      from: 'Progressing',
      to: 'Degraded',
      because: 'apps/Deployment demo/nginx: 2 of 5 replicas are available',
    },
    tone: 'bad',
    title: 'shop is Degraded',
    lines: ['apps/Deployment demo/nginx: 2 of 5 replicas are available'],
  },
  {
    it: 'says that it is well again',
    event: { type: 'health.changed', from: 'Degraded', to: 'Healthy', because: '' },
    tone: 'good',
    title: 'shop is Healthy again',
    lines: ['It was Degraded.'],
  },
  {
    it: 'says who holds an Application, why, until when and how to end it',
    event: { type: 'hold.set', reason: 'looking into it', until: '2026-03-03T14:00:00.000Z' },
    tone: 'warning',
    title: 'shop is on hold until 2026-03-03 14:00:00 UTC',
    lines: [
      'Ann <ann@example.com>: looking into it',
      'Nothing is synced or reverted meanwhile. To end it: trueup unhold shop',
    ],
  },
  {
    it: 'says which commit is held back, by whom, until when and how to let it go',
    event: { type: 'push.held', revision: 'a'.repeat(40), by: 'Bea', reason: 'looking', until: null },
    tone: 'warning',
    title: 'shop: aaaaaaa is held back until somebody ends the hold',
    lines: ['Bea: looking', 'To let it go: trueup unhold shop'],
  },
  {
    it: 'says from where to where it was rolled back, and that it stays there',
    event: {
      type: 'rollback.started',
      from: 'b'.repeat(40),
      to: 'a'.repeat(40),
      entry: 3,
      reason: 'too slow',
      automatic: false,
      until: '2026-03-03T14:00:00.000Z',
    },
    tone: 'warning',
    title: 'shop: back from bbbbbbb to aaaaaaa',
    lines: [
      'Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"',
      'It goes to aaaaaaa (#3 of its history) and is on hold there until 2026-03-03 14:00:00 UTC: pushes wait.',
      'To go on: mend Git, then trueup unhold shop',
    ],
  },
  {
    it: 'says that there is nothing to roll back to',
    event: { type: 'rollback.impossible', from: 'b'.repeat(40), because: 'no other revision of it was ever healthy' },
    tone: 'bad',
    title: 'shop: bbbbbbb stays, there is nothing to roll back to',
    lines: ['push 1a2b3c4 "Scale to 5"', 'no other revision of it was ever healthy'],
  },
  {
    it: 'says that a pull request takes Git back',
    event: { type: 'rollback.proposed', to: 'a'.repeat(40), url: 'https://git.example.com/pull/7' },
    tone: 'info',
    title: 'shop: a pull request takes Git back to aaaaaaa',
    lines: ['Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"'],
  },
  {
    it: 'says that a hold is over',
    event: { type: 'hold.ended' },
    tone: 'info',
    title: 'shop is no longer on hold',
    lines: ['Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"', 'Git wins again.'],
  },
  {
    it: 'says what is wrong with an Application document',
    event: {
      type: 'application.invalid',
      fault: { code: 'x', message: 'fleet/shop.yaml:3: bad', hint: 'Found a; allowed: b.', facts: {} },
    },
    tone: 'bad',
    title: 'The document of shop cannot be used',
    lines: ['fleet/shop.yaml:3: bad', '→ Found a; allowed: b.', 'Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"'],
  },
  {
    it: 'shows a pruned object',
    event: { type: 'object.pruned', revision, object: nginx, diff: [] },
    tone: 'info',
    title: 'shop: apps/Deployment demo/nginx pruned',
    lines: ['Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"'],
  },
  {
    it: 'shows an adopted object and who had it',
    event: { type: 'object.adopted', revision, object: nginx, from: 'Helm (shop/web)', diff: [] },
    tone: 'info',
    title: 'shop: apps/Deployment demo/nginx adopted from Helm (shop/web)',
    lines: ['Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"'],
  },
  {
    it: 'shows an object that moved',
    event: { type: 'object.moved', object: nginx, to: 'web' },
    tone: 'info',
    title: 'shop: apps/Deployment demo/nginx moved to web',
    lines: ['Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"'],
  },
  {
    it: 'says that a sync has started',
    event: { type: 'sync.started', revision },
    tone: 'info',
    title: 'shop: sync to 1a2b3c4 has started',
    lines: ['Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"'],
  },
  {
    it: 'says that an Application left the fleet',
    event: { type: 'application.removed' },
    tone: 'warning',
    title: 'shop was removed from the fleet',
    lines: ['Ann <ann@example.com>: push 1a2b3c4 "Scale to 5"'],
  },
];

for (const { it, event, who, tone, title, lines } of cases) {
  test(`write-notice ${it}`, () => {
    const text = writeNotice(aNotice(event, who === undefined ? {} : { who }));
    deepEqual({ tone: text.tone, title: text.title, lines: text.lines }, { tone, title, lines });
    match(text.footer, /^shop on prod, 12:05:00 UTC\. Notice ev-1@team$/);
  });
}

test('write-notice shows every problem of a push, up to five', () => {
  const problems = Array.from({ length: 7 }, (_, index) => ({
    code: 'x',
    message: `f${index}.yaml: bad`,
    hint: 'Fix it',
    facts: {},
  }));
  const { lines } = writeNotice(
    aNotice({ ...finished, result: 'refused', counts: none, fault: { ...selector, facts: { problems } } }),
  );
  deepEqual(lines.slice(0, 3), ['f0.yaml: bad', '→ Fix it', 'f1.yaml: bad']);
  deepEqual(lines.slice(9, 11), ['→ Fix it', '… and 2 more']);
});

test('write-notice links to the commit where it has a page', () => {
  deepEqual(writeNotice(aNotice({ ...finished, result: 'succeeded', counts: none })).link, {
    url: finished.url,
    label: '1a2b3c4',
  });
  deepEqual(writeNotice(aNotice({ ...finished, url: '', result: 'succeeded', counts: none })).link, null);
});

test('write-notice does not grow with the number or length of changes', () => {
  const diff = Array.from({ length: 500 }, (_, index) => ({
    path: `data.k${index}`,
    from: 'x'.repeat(10_000),
    to: { deep: 'y '.repeat(10_000) },
  }));
  const { lines } = writeNotice(
    aNotice({ type: 'drift.found', what: 'changed', object: nginx, diff, action: 'reverted', by: hand }),
  );
  deepEqual(lines.at(-1), '… and 490 more fields');
  ok(lines.join('').length < 5_000);
});
