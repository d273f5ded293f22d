import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import test from 'node:test';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const smallest = `
store: {kind: sqlite, path: ./trueup.db}
gitHosts: [{name: git, kind: git, url: "https://git.example.com", webhookSecret: {env: HOOK_SECRET}}]
clusters: [{name: prod, kubeconfig: ./kubeconfig}]
fleet: {path: ./fleet}        # a folder of Application documents
`;

test('parse-config reads the smallest installation as the documentation prints it', () => {
  const { store, gitHosts, clusters, fleet } = parseConfig(smallest, '/etc/trueup/trueup.yaml');
  deepEqual(store, { kind: 'sqlite', path: '/etc/trueup/trueup.db' });
  deepEqual(gitHosts[0]?.webhookSecret, { env: 'HOOK_SECRET' });
  deepEqual(clusters, [{ name: 'prod', kubeconfig: '/etc/trueup/kubeconfig', concurrency: 10 }]);
  deepEqual(fleet, { path: '/etc/trueup/fleet' });
});

test('parse-config fills in the documented defaults', () => {
  const { installation, render, notifications, drift, credentials, gitHosts } = parseConfig(smallest, 'trueup.yaml');
  equal(installation, 'trueup');
  deepEqual(render, { allowHosts: [], timeoutMs: 60_000, maxOutputBytes: 33_554_432 });
  deepEqual([notifications, drift, credentials], [{ slack: [] }, { sweepSeconds: 60 }, []]);
  equal(gitHosts[0]?.limits.maxFiles, 50_000);
});

test('parse-config leaves absolute paths and paths within a fleet repository as they are', () => {
  const text = smallest
    .replace('./kubeconfig', '/root/.kube/config')
    .replace('{path: ./fleet}', '{repoURL: "https://git.example.com/a/fleet", path: apps}');
  const { clusters, fleet } = parseConfig(text, '/etc/trueup/trueup.yaml');
  equal(clusters[0]?.kubeconfig, '/root/.kube/config');
  deepEqual(fleet, { repoURL: 'https://git.example.com/a/fleet', path: 'apps' });
});

for (const { it, change, says } of [
  {
    it: 'an unknown key with the nearest known one',
    change: ['kubeconfig:', 'kubecnfig:'],
    says: /trueup\.yaml:4: clusters\[0\]\.kubecnfig: found unknown key; allowed: did you mean kubeconfig\?/,
  },
  {
    it: 'an unknown key at the top',
    change: ['fleet:', 'flet: {}\nfleet:'],
    says: /trueup\.yaml:5: flet: found unknown key; allowed: did you mean fleet\?/,
  },
  {
    it: 'an unknown key of one kind of Git host with the keys of that kind',
    change: ['kind: git,', 'kind: git, app: {id: 1},'],
    says: /gitHosts\[0\]\.app: found unknown key; allowed: name, webhookSecret, limits, kind, url, token/,
  },
  {
    it: 'a kind that there is not, with those there are',
    change: ['kind: git,', 'kind: gti,'],
    says: /trueup\.yaml:3: gitHosts\[0\]\.kind: found "gti"; allowed: github, gitlab, gitea, git/,
  },
  {
    it: 'what is missing',
    change: ['fleet: {path: ./fleet}', 'installation: a'],
    says: /fleet: found nothing; allowed: a mapping/,
  },
  {
    it: 'two ways to one cluster',
    change: ['kubeconfig: ./kubeconfig', 'kubeconfig: ./kubeconfig, inCluster: true'],
    says: /clusters\[0\]: found a mapping; allowed: exactly one of kubeconfig, inCluster and eks/,
  },
  {
    it: 'a context without a kubeconfig',
    change: ['kubeconfig: ./kubeconfig', 'inCluster: true, context: a'],
    says: /clusters\[0\]\.context: found "a"; allowed: context only beside kubeconfig/,
  },
  {
    it: 'a name that stands twice',
    change: ['clusters: [', 'clusters: [{name: prod, inCluster: true}, '],
    says: /clusters\[1\]\.name: found "prod"; allowed: a name that no other entry has/,
  },
  {
    it: 'a name that cannot be in a URL',
    change: ['name: git,', 'name: My Git,'],
    says: /gitHosts\[0\]\.name: found "My Git"; allowed: lower-case letters/,
  },
  {
    it: 'a revision of a fleet that is a folder',
    change: ['./fleet}', './fleet, targetRevision: main}'],
    says: /fleet\.targetRevision: found "main"; allowed: targetRevision only beside repoURL/,
  },
  {
    it: 'a number out of bounds',
    change: ['fleet:', 'drift: {sweepSeconds: 0}\nfleet:'],
    says: /trueup\.yaml:5: drift\.sweepSeconds: found 0; allowed: at least 1/,
  },
  {
    it: 'text that is no YAML',
    change: ['clusters: [', 'clusters: {'],
    says: /trueup\.yaml:4: found .*; allowed: YAML/,
  },
  {
    it: 'a second document',
    change: ['fleet:', '---\nfleet:'],
    says: /trueup\.yaml:6: found a second document; allowed: one/,
  },
] as const) {
  test(`parse-config refuses ${it}`, () => {
    const [from, to] = change;
    ok(smallest.includes(from));
    match(refusal(smallest.replace(from, to)).message, says);
  });
}

test('parse-config reads an installation on AWS: clusters by EKS, by tag, and by a kubeconfig in a secret', () => {
  const { store, clusters, clusterSearches } = parseConfig(
    `
store: {kind: aws, stack: trueup-prod, region: eu-west-1}
gitHosts: [{name: git, kind: git, url: "https://git.example.com"}]
clusters:
  - {name: prod, eks: {cluster: shop, region: eu-west-1, roleArn: "arn:aws:iam::111122223333:role/trueup-shop"}}
  - {name: edge, kubeconfig: {secretsManager: trueup/prod/clusters/edge}, concurrency: 3}
clusterSearches: [{tag: trueup.dev/cluster=true, region: us-east-1}]
fleet: {repoURL: "https://git.example.com/team/fleet", path: apps}
`,
    'trueup.yaml',
  );
  deepEqual(store, { kind: 'aws', stack: 'trueup-prod', region: 'eu-west-1' });
  deepEqual(clusters[1]?.kubeconfig, { secretsManager: 'trueup/prod/clusters/edge' });
  deepEqual(
    clusters.map(({ concurrency }) => concurrency),
    [10, 3],
  );
  deepEqual(clusterSearches, [{ tag: 'trueup.dev/cluster=true', region: 'us-east-1' }]);
});

test('parse-config refuses an installation without a cluster', () => {
  const without = smallest.replace('[{name: prod, kubeconfig: ./kubeconfig}]', '[]');
  match(refusal(without).message, /at least one cluster/);
});

test('parse-config names every problem at once, by line', () => {
  const { facts } = refusal('store: {kind: sqllite, path: 7}\ngitHosts: []\nclusters: []\nflet: {}\n');
  const { problems } = facts;
  ok(Array.isArray(problems));
  deepEqual(
    problems.map(({ line, path }) => `${line} ${path}`),
    ['1 store.kind', '1 fleet', '2 gitHosts', '4 flet'],
  );
});

for (const [where, text] of [
  ['webhookSecret', smallest.replace('{env: HOOK_SECRET}', 'hunter2-literal')],
  ['slack', `${smallest}notifications: {slack: [{name: a, url: "https://hooks.example.com/hunter2-literal"}]}\n`],
  ['access.tokens', `${smallest}access: {tokens: [{name: a, token: hunter2-literal}]}\n`],
  ['credentials', `${smallest}credentials: [{urlPrefix: "https://a.b", password: hunter2-literal}]\n`],
] as const) {
  test(`parse-config refuses a literal secret in ${where} and does not repeat it`, () => {
    const fault = refusal(text);
    match(fault.message, /found a literal value \(not shown\); allowed: a reference: \{env: NAME\}, \{file: PATH\}/);
    ok(!JSON.stringify(fault.report()).includes('hunter2-literal'));
  });
}

function refusal(text: string): Fault {
  let caught: unknown;
  throws(
    () => parseConfig(text, 'trueup.yaml'),
    (error) => {
      caught = error;
      return true;
    },
  );
  ok(caught instanceof Fault);
  equal(caught.code, 'config.invalid');
  return caught;
}
