import { deepEqual, equal } from 'node:assert/strict';
import test from 'node:test';
import type { InitAnswers } from '../../../cli/init/answers.ts';
import { askAnswers } from '../../../cli/init/ask-answers.ts';
import { starterFiles } from '../../../cli/init/starter-files.ts';
import { readApplications } from '../../../lib/core/application/read-applications.ts';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';

const answers = (given: Partial<InitAnswers> & { repo: string }): Promise<InitAnswers> =>
  askAnswers(given, { ask: false, env: { KUBECONFIG: '/home/ann/.kube/config' } }).then((all) => ({
    folder: '/srv/trueup',
    ...all,
  }));

for (const [repo, gitHost, url] of [
  ['https://github.com/team/shop', 'github', 'https://github.com'],
  ['git@github.com:team/shop.git', 'github', 'https://github.com'],
  ['https://gitlab.com/team/shop', 'gitlab', 'https://gitlab.com'],
  ['https://git.example.com:8443/team/shop.git', 'git', 'https://git.example.com:8443'],
  ['http://127.0.0.1:3000/team/shop', 'git', 'http://127.0.0.1:3000'],
] as const) {
  test(`init writes files that are valid for ${repo}`, async () => {
    const starter = starterFiles(await answers({ repo }));
    const config = parseConfig(starter.config, '/srv/trueup/trueup.yaml');
    deepEqual(
      config.gitHosts.map(({ name, url }) => [name, url]),
      [[gitHost, url]],
    );
    deepEqual(config.gitHosts[0]?.webhookSecret, { file: './webhook-secret' });
    const bytes = new TextEncoder().encode(starter.application);
    const { applications, faults } = readApplications(
      new Map([['shop.yaml', { kind: 'file', bytes, executable: false }]]),
    );
    deepEqual(faults, []);
    equal(applications[0]?.name, 'shop');
    equal(applications[0]?.destination.name, config.clusters[0]?.name);
    deepEqual(applications[0]?.warnings, []);
  });
}

test('init keeps answers that YAML would read as something else', async () => {
  const odd = {
    repo: 'https://github.com/team/shop',
    branch: 'on',
    namespace: '1e3',
    path: 'a #b: c',
    context: 'arn:aws:eks:x',
  };
  const starter = starterFiles(await answers({ ...odd, name: 'shop', cluster: 'main' }));
  const bytes = new TextEncoder().encode(starter.application);
  const { applications } = readApplications(new Map([['a.yaml', { kind: 'file', bytes, executable: false }]]));
  deepEqual(
    [applications[0]?.source.targetRevision, applications[0]?.source.path, applications[0]?.destination.namespace],
    ['on', 'a #b: c', '1e3'],
  );
  equal(parseConfig(starter.config, 'trueup.yaml').clusters[0]?.context, 'arn:aws:eks:x');
});

test('init names a kubeconfig below its folder relative to it, and another in full', async () => {
  const repo = 'https://github.com/team/shop';
  const near = starterFiles(await answers({ repo, kubeconfig: '/srv/trueup/prod/kubeconfig' }));
  const far = starterFiles(await answers({ repo }));
  equal(near.config.includes('kubeconfig: ./prod/kubeconfig'), true);
  equal(far.config.includes('kubeconfig: /home/ann/.kube/config'), true);
});
