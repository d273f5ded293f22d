import { deepEqual, rejects } from 'node:assert/strict';
import test from 'node:test';
import { askAnswers } from '../../../cli/init/ask-answers.ts';

const asked = (given: Parameters<typeof askAnswers>[0]) => askAnswers(given, { ask: false, env: {} });

test('ask-answers makes names from the repository and the context', async () => {
  const { name, cluster } = await asked({
    repo: 'https://github.com/Team/My_Shop.git',
    context: 'arn:aws:eks:eu:1:cluster/Prod',
  });
  deepEqual([name, cluster], ['my-shop', 'arn-aws-eks-eu-1-cluster-prod']);
});

for (const [it, given, code] of [
  ['no repository', {}, 'config.bad_argument'],
  ['a repository that is none', { repo: '--upload-pack=x' }, 'git.unsupported_url'],
  ['a name that Kubernetes would refuse', { repo: 'https://a.b/c/d', name: 'My Shop' }, 'config.bad_argument'],
] as const) {
  test(`ask-answers refuses ${it}`, () => rejects(asked(given), { code }));
}
