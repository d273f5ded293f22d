import { deepEqual, equal, match } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { readFolder } from '../../lib/adapters/files/read-folder.ts';
import { readApplications } from '../../lib/core/application/read-applications.ts';
import { parseConfig } from '../../lib/core/config/parse-config.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

async function readConfig(name: string) {
  const file = `${examples}${name}/trueup.yaml`;
  return parseConfig(await readFile(file, 'utf8'), file);
}

test('example smallest is a whole installation: its Applications go to its clusters', async () => {
  const config = await readConfig('smallest');
  const { applications, faults, ignored } = readApplications(await readFolder(config.fleet.path ?? ''));
  deepEqual([faults, ignored], [[], []]);
  deepEqual(
    applications.map(({ destination }) => destination.name),
    [config.clusters[0]?.name],
  );
});

test('example github shows two clusters, a fleet repository, Slack and access', async () => {
  const { clusters, fleet, notifications, access, gitHosts } = await readConfig('github');
  deepEqual(
    clusters.map(({ name }) => name),
    ['prod', 'here'],
  );
  match(fleet.repoURL ?? '', /fleet$/);
  equal(notifications.slack.length, 2);
  equal(access?.tokens.length, 1);
  equal(gitHosts[0]?.url, 'https://github.com');
});
