import { equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { isSelected, readLabel, readResourcePattern } from '../../../lib/core/sync/selection.ts';

const web = { key: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' }, labels: { tier: 'front' } };

for (const { resources = [], labels = {}, selected } of [
  { selected: true },
  { resources: ['apps:Deployment:web'], selected: true },
  { resources: ['apps:Deployment:shop/web'], selected: true },
  { resources: ['apps:Deployment:other/web'], selected: false },
  { resources: [':Service:web'], selected: false },
  { resources: ['*:*:w*'], selected: true },
  { resources: ['!apps:Deployment:web'], selected: false },
  { resources: ['!:Service:web'], selected: true },
  { resources: ['*:*:*', '!apps:*:*'], selected: false },
  { resources: ['apps:deployment:web'], selected: false },
  { labels: { tier: 'front' }, selected: true },
  { labels: { tier: 'back' }, selected: false },
  { resources: ['apps:Deployment:web'], labels: { tier: 'back' }, selected: false },
] satisfies { resources?: string[]; labels?: Record<string, string>; selected: boolean }[]) {
  test(`selection ${resources.join(' ')} ${JSON.stringify(labels)}: ${selected}`, () => {
    equal(isSelected(web, { resources: resources.map(readResourcePattern), labels }), selected);
  });
}

for (const written of ['web', 'apps:Deployment', 'a:b:c:d', 'apps::web', 'apps:Deployment:']) {
  test(`selection refuses ${written}`, () =>
    throws(() => readResourcePattern(written), { code: 'sync.selection_invalid' }));
}

for (const written of ['tier', '=a', 'a=b=c']) {
  test(`selection refuses the label ${written}`, () =>
    throws(() => readLabel(written), { code: 'sync.selection_invalid' }));
}
