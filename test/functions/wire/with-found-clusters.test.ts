import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { withFoundClusters } from '../../../functions/wire/with-found-clusters.ts';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { silentLog } from '../../support/silent-log.ts';

const config = parseConfig(
  `
store: {kind: sqlite, path: a}
gitHosts: [{name: git, kind: git, url: "https://git.example.com"}]
clusters: [{name: shop, inCluster: true}]
clusterSearches:
  - {tag: team=a, region: eu-west-1}
  - {tag: team=b, region: us-east-1, roleArn: "arn:aws:iam::111122223333:role/trueup"}
fleet: {path: b}
`,
  'trueup.yaml',
);

async function namesFound(search: (tag: string) => Promise<string[]>) {
  const { clusters } = await withFoundClusters(config, { search: ({ tag }) => search(tag), log: silentLog });
  return clusters.map(({ name, inCluster, eks }) => `${name} ${inCluster ? 'here' : `${eks?.region} ${eks?.roleArn}`}`);
}

test('with-found-clusters adds what each search finds, with its region and role', async () => {
  deepEqual(await namesFound(async (tag) => (tag === 'team=a' ? ['a1', 'a2'] : ['b1'])), [
    'shop here',
    'a1 eu-west-1 undefined',
    'a2 eu-west-1 undefined',
    'b1 us-east-1 arn:aws:iam::111122223333:role/trueup',
  ]);
});

test('with-found-clusters lets what is written by name win, and the first search', async () => {
  deepEqual(await namesFound(async () => ['shop', 'c']), ['shop here', 'c eu-west-1 undefined']);
});

test('with-found-clusters keeps a search that fails from the others', async () => {
  const denied = new Fault('eks.throttled', { action: 'eks:ListClusters', region: 'eu-west-1' });
  deepEqual(await namesFound(async (tag) => (tag === 'team=a' ? Promise.reject(denied) : ['b1'])), [
    'shop here',
    'b1 us-east-1 arn:aws:iam::111122223333:role/trueup',
  ]);
});
