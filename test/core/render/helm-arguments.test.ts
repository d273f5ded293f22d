import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { HelmSource } from '../../../lib/core/application/application.ts';
import { fillHelmSettings } from '../../../lib/core/render/build-environment.ts';
import { extraValues, helmArguments } from '../../../lib/core/render/helm-arguments.ts';

const chart = {
  name: 'shop',
  valueFiles: ['v/a.yaml', 'v/b,c.yaml'],
  parameterFiles: [{ name: 'k', path: 'v/k' }],
  linked: [],
  reads: [],
};
const run = {
  chart,
  path: 'charts/shop',
  application: 'shop',
  namespace: 'prod',
  cluster: { kubeVersion: 'v1.36.3', apiVersions: ['apps/v1'] },
  everDeployed: false,
  extraValues: null,
};
const base = [
  'template',
  'shop',
  './charts/shop',
  '--namespace',
  'prod',
  '--kube-version',
  'v1.36.3',
  '--api-versions',
  'apps/v1',
];
const files = ['--values', './v/a.yaml', '--values', '"./v/b,c.yaml"'];
const end = ['--set-file', 'k=./v/k', '--include-crds'];

for (const { it, settings, more, gives } of [
  {
    it: 'takes defaults from the Application and the cluster',
    settings: {},
    more: {},
    gives: [...base, ...files, ...end],
  },
  {
    it: 'puts values after value files and parameters after both',
    settings: {
      parameters: [
        { name: 'a', value: '1,2' },
        { name: 'b', value: '01', forceString: true },
        { name: 'c', value: '{x,y}' },
      ],
    },
    more: { extraValues: './values' },
    gives: [
      ...base,
      ...files,
      '--values',
      './values',
      '--set',
      'a=1\\,2',
      '--set-string',
      'b=01',
      '--set',
      'c={x,y}',
      ...end,
    ],
  },
  {
    it: 'lets the helm block win over the cluster',
    settings: {
      releaseName: 'r',
      namespace: 'n',
      kubeVersion: '1.30.0',
      apiVersions: ['x/v1'],
      skipCrds: true,
      skipTests: true,
    },
    more: { everDeployed: true },
    gives: [
      ...['template', 'r', './charts/shop', '--namespace', 'n', '--kube-version', '1.30.0', '--api-versions', 'x/v1'],
      ...[...files, '--set-file', 'k=./v/k', '--skip-tests', '--is-upgrade'],
    ],
  },
]) {
  test(`helm-arguments ${it}`, () => deepEqual(helmArguments({ ...run, settings, ...more }), gives));
}

test('helm-arguments gives valuesObject in place of values', () => {
  equal(extraValues({ values: 'a: 1' }), 'a: 1');
  equal(extraValues({ values: 'a: 1', valuesObject: { b: null } }), '{"b":null}');
  equal(extraValues({}), null);
});

test('build-environment fills in what Argo CD knows and leaves the rest', () => {
  const braced = ['$', '{ARGOCD_APP_REVISION_SHORT}'].join('');
  const settings: HelmSource = {
    parameters: [{ name: 'a', value: `$ARGOCD_APP_NAME-${braced}-$$HOME-$OTHER` }],
    valueFiles: ['values-$ARGOCD_APP_NAMESPACE.yaml'],
  };
  const source = { repoURL: 'u', targetRevision: 'main', path: 'c' };
  const facts = { application: 'shop', namespace: 'prod', revision: '0123456789', source, kubeVersion: 'v1.36.3' };
  deepEqual(fillHelmSettings(settings, facts), {
    parameters: [{ name: 'a', value: 'shop-0123456-$HOME-$OTHER' }],
    valueFiles: ['values-prod.yaml'],
  });
});
