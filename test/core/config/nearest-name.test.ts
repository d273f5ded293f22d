import { equal } from 'node:assert/strict';
import test from 'node:test';
import { nearestName } from '../../../lib/core/config/nearest-name.ts';

const known = ['kubeconfig', 'name', 'server', 'webhookSecret', 'url'];

for (const [typed, meant] of [
  ['kubecnfig', 'kubeconfig'],
  ['kubeConfig', 'kubeconfig'],
  ['nmae', 'name'],
  ['urls', 'url'],
  ['webhook_secret', 'webhookSecret'],
  ['namespace', null],
  ['', null],
  ['colour', null],
] as const) {
  test(`nearest-name takes '${typed}' for ${meant}`, () => equal(nearestName(typed, known), meant));
}

test('nearest-name knows nothing where there are no names', () => equal(nearestName('a', []), null));
