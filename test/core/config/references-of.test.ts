import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';
import { referencesOf } from '../../../lib/core/config/references-of.ts';

const config = parseConfig(
  `
store: {kind: aws, stack: trueup-prod, region: eu-west-1}
gitHosts:
  - {name: github, kind: github, webhookSecret: {env: A}, token: {env: B}}
  - {name: app, kind: github, app: {id: 1, installationId: 2, privateKey: {env: C}}}
  - {name: open, kind: git, url: https://git.example.com}
clusters:
  - {name: prod, kubeconfig: {env: D}}
  - {name: stage, kubeconfig: ./kubeconfig}
credentials: [{urlPrefix: https://git.example.com/team, password: {env: E}}]
notifications: {slack: [{name: ops, url: {env: F}}]}
access: {tokens: [{name: ann, token: {env: G}}]}
fleet: {path: ./fleet}
`,
  '/trueup.yaml',
);

test('references-of finds every secret, where it is named and what it is for', () => {
  deepEqual(
    referencesOf(config).map(({ where, purpose, reference }) => [where, purpose, Object.values(reference)[0]]),
    [
      ['gitHosts github webhookSecret', 'webhook', 'A'],
      ['gitHosts github token', 'git', 'B'],
      ['gitHosts app app.privateKey', 'git', 'C'],
      ['credentials https://git.example.com/team', 'git', 'E'],
      ['clusters prod kubeconfig', 'clusters', 'D'],
      ['notifications.slack ops', 'notify', 'F'],
      ['access.tokens ann', 'access', 'G'],
    ],
  );
});
