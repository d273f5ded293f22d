/** What of trueup.yaml cannot work for the deployed functions is said at once, each with its fix. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { checkDeployable } from '../../../infra/aws/check-deployable.ts';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const target = { stage: 'prod', region: 'eu-west-1' };
const good = {
  store: '{kind: aws, stack: trueup-prod, region: eu-west-1}',
  gitHosts: '[{name: git, kind: git, url: "https://git.example.com", webhookSecret: {ssm: /trueup/prod/webhook/git}}]',
  clusters: '[{name: prod, eks: {cluster: prod, region: eu-west-1}}]',
  fleet: '{repoURL: "https://git.example.com/fleet.git", path: fleet}',
};

function problemsOf(changed: Record<string, string> = {}): readonly string[] {
  const text = Object.entries({ ...good, ...changed }).map(([key, value]) => `${key}: ${value}\n`);
  const config = parseConfig(text.join(''), '/etc/trueup.yaml');
  try {
    checkDeployable(config, target, 'trueup.yaml');
    return [];
  } catch (error) {
    ok(error instanceof Fault && error.code === 'deploy.not_deployable');
    return Array.isArray(error.facts.problems) ? error.facts.problems : [];
  }
}

test('check-deployable has nothing against what fits', () => deepEqual(problemsOf(), []));

for (const { it, given, says } of [
  {
    it: 'a store of one machine',
    given: { store: '{kind: sqlite, path: a.db}' },
    says: /kind sqlite.*stack: trueup-prod/,
  },
  { it: 'another stage', given: { store: '{kind: aws, stack: trueup-test, region: eu-west-1}' }, says: /trueup-test/ },
  { it: 'another region', given: { store: '{kind: aws, stack: trueup-prod, region: us-east-1}' }, says: /us-east-1/ },
  { it: 'a fleet in a folder', given: { fleet: '{path: fleet}' }, says: /fleet: is a folder/ },
  {
    it: 'a kubeconfig file',
    given: { clusters: '[{name: prod, kubeconfig: ./kubeconfig}]' },
    says: /clusters prod: the kubeconfig is a file.*eks: \{cluster: NAME/,
  },
  { it: 'a pod', given: { clusters: '[{name: prod, inCluster: true}]' }, says: /inCluster is for a pod/ },
  {
    it: 'a secret of the environment',
    given: { gitHosts: good.gitHosts.replace('ssm: /trueup/prod/webhook/git', 'env: HOOK') },
    says: /webhookSecret: .*\{env: HOOK\}.*secretsManager: trueup\/prod\/webhook\/NAME/,
  },
  {
    it: 'a secret that only another function may read',
    given: { gitHosts: good.gitHosts.replace('/webhook/git', '/git/hook') },
    says: /may not read \{ssm: \/trueup\/prod\/git\/hook\}/,
  },
  {
    it: 'a secret of another stage',
    given: { gitHosts: good.gitHosts.replace('/prod/', '/test/') },
    says: /\{ssm: \/trueup\/prod\/webhook\/NAME\}/,
  },
  {
    it: 'a secret of another region',
    given: {
      clusters:
        '[{name: one, kubeconfig: {secretsManager: "arn:aws:secretsmanager:us-east-1:123456789012:secret:trueup/prod/clusters/one-AbCdEf"}}]',
    },
    says: /may not read .*us-east-1/,
  },
  {
    it: 'a role that sync may not assume',
    given: {
      clusters:
        '[{name: prod, eks: {cluster: prod, region: eu-west-1, roleArn: "arn:aws:iam::123456789012:role/deployer"}}]',
    },
    says: /clusters prod: eks\.roleArn: .*role\/deployer.*trueup-NAME/,
  },
  {
    it: 'a role for a search that sync may not assume',
    given: {
      clusterSearches: '[{tag: a, region: eu-west-1, roleArn: "arn:aws:iam::123456789012:role/of/trueup-a"}]',
    },
    says: /clusterSearches a: roleArn: .*without a path/,
  },
  { it: 'more time than render has', given: { render: '{timeoutMs: 120001}' }, says: /render\.timeoutMs: .*120000/ },
]) {
  test(`check-deployable refuses ${it}`, () => {
    const problems = problemsOf(given);
    equal(problems.length, 1);
    ok(says.test(problems[0] ?? ''), problems[0]);
  });
}

test('check-deployable says everything at once', () => {
  equal(problemsOf({ fleet: '{path: fleet}', clusters: '[{name: prod, inCluster: true}]' }).length, 2);
});

test('check-deployable knows a secret by its ARN, and a kubeconfig that is a secret', () => {
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:trueup/prod/clusters/one-AbCdEf';
  deepEqual(problemsOf({ clusters: `[{name: one, kubeconfig: {secretsManager: "${arn}"}}]` }), []);
});
