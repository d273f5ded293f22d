import { equal, rejects, throws } from 'node:assert/strict';
import test from 'node:test';
import { wireWebhooks } from '../../../functions/wire/wire-webhooks.ts';
import { openSecrets } from '../../../lib/adapters/secrets/secrets.ts';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';

const config = parseConfig(
  `
store: {kind: sqlite, path: a}
clusters: [{name: prod, inCluster: true}]
fleet: {path: b}
gitHosts:
  - {name: github, kind: github, webhookSecret: {env: SET}}
  - {name: gitlab, kind: gitlab, webhookSecret: {env: NOT_SET}}
  - {name: silent, kind: git, url: "https://git.example.com"}
`,
  'trueup.yaml',
);
const webhook = wireWebhooks(config, openSecrets({ env: { SET: 's3cret' }, folder: '.', path: 'trueup.yaml' }));

test('wire-webhooks opens the door of an entry with its secret', async () =>
  equal(await webhook('github').secret(), 's3cret'));

test('wire-webhooks keeps a secret that is missing from the other entries', async () => {
  await rejects(webhook('gitlab').secret(), { code: 'config.secret_missing' });
});

for (const [name, code] of [
  ['silent', 'push.no_secret'],
  ['nowhere', 'push.unknown_host'],
] as const) {
  test(`wire-webhooks keeps the door of '${name}' shut: ${code}`, () => throws(() => webhook(name), { code }));
}
