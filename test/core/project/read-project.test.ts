import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { readApplications } from '../../../lib/core/application/read-applications.ts';
import { defaultProject } from '../../../lib/core/project/default-project.ts';

function read(...documents: string[]) {
  const entries = documents.map((text, index) => {
    const file = { kind: 'file' as const, bytes: new TextEncoder().encode(text), executable: false };
    return [`p${index}.yaml`, file] as const;
  });
  return readApplications(new Map(entries));
}

const head = 'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: team, labels: {tier: one}}\n';

test('read-project reads every field, with the defaults of Argo CD', () => {
  const { projects, faults } = read(`${head}spec:
  description: The shop
  sourceRepos: ["https://git.example.com/team/*"]
  destinations: [{server: "*", namespace: "shop-*"}, {name: prod, namespace: "!kube-system"}]
  clusterResourceWhitelist: [{group: "", kind: Namespace, name: "shop-*"}]
  namespaceResourceWhitelist: []
  namespaceResourceBlacklist: [{kind: Secret}]
  permitOnlyProjectScopedClusters: true
  destinationServiceAccounts: [{server: "https://*", namespace: "shop-*", defaultServiceAccount: "robots:bot.v1"}]
  syncWindows: [{kind: deny, schedule: "not cron", duration: 1h}]
  orphanedResources: {ignore: [{kind: ConfigMap}]}
`);
  deepEqual(faults, []);
  const anyName = { name: '*' };
  deepEqual(projects, [
    {
      ...defaultProject(),
      name: 'team',
      labels: { tier: 'one' },
      description: 'The shop',
      sourceRepos: ['https://git.example.com/team/*'],
      destinations: [
        { server: '*', name: null, namespace: 'shop-*' },
        { server: null, name: 'prod', namespace: '!kube-system' },
      ],
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'shop-*' }],
      namespaceResourceWhitelist: [],
      namespaceResourceBlacklist: [{ group: '', kind: 'Secret', ...anyName }],
      permitOnlyProjectScopedClusters: true,
      destinationServiceAccounts: [
        { server: 'https://*', namespace: 'shop-*', defaultServiceAccount: 'robots:bot.v1' },
      ],
      syncWindows: [
        {
          kind: 'deny',
          schedule: 'not cron',
          duration: '1h',
          timeZone: 'UTC',
          applications: [],
          namespaces: [],
          clusters: [],
          andOperator: false,
          manualSync: false,
          syncOverrun: false,
          description: '',
        },
      ],
      orphanedResources: { warn: true, ignore: [{ group: '', kind: 'ConfigMap', name: '' }] },
      origin: { file: 'p0.yaml', line: 1 },
    },
  ]);
});

test('read-project permits nothing where nothing is said, but for namespaced kinds', () => {
  const [project] = read(`${head}spec: {}\n`).projects;
  deepEqual(
    [
      project?.sourceRepos,
      project?.destinations,
      project?.clusterResourceWhitelist,
      project?.namespaceResourceWhitelist,
    ],
    [[], [], [], null],
  );
});

for (const { it, spec, says } of [
  {
    it: 'says each mistake with its line and path',
    spec: '\n  sourceRepos: "*"\n  destinations: [{namespace: shop}]\n',
    says: [
      'p0.yaml:5: AppProject team is not valid at spec.sourceRepos',
      'p0.yaml:6: AppProject team is not valid at spec.destinations.0',
    ],
  },
  {
    it: 'refuses a glob that is none',
    spec: '\n  sourceRepos: ["https://[x"]\n',
    says: ['p0.yaml:5: AppProject team is not valid at spec.sourceRepos.0'],
  },
  ...['a:b:c', 'bot*', '*', '../bot', 'a/bot', 'a:..', 'a..b', 'a.b:bot', '{a,b}', 'Bot', ' bot', 'bot\\n', ''].map(
    (account) => ({
      it: `refuses ${JSON.stringify(account)} for a service account`,
      spec: `\n  destinationServiceAccounts: [{server: "*", namespace: "*", defaultServiceAccount: "${account}"}]\n`,
      says: ['p0.yaml:5: AppProject team is not valid at spec.destinationServiceAccounts.0.defaultServiceAccount'],
    }),
  ),
  ...['{namespace: "*", ', '{server: "!https://prod", ', '{server: "", '].map((entry) => ({
    it: `refuses a service account for no certain server: ${entry}`,
    spec: `\n  destinationServiceAccounts: [${entry}defaultServiceAccount: bot}]\n`,
    says: ['p0.yaml:5: AppProject team is not valid at spec.destinationServiceAccounts.0.server'],
  })),
  {
    it: 'refuses to pass over signatures that are demanded',
    spec: '\n  signatureKeys: [{keyID: ABC}]\n',
    says: ['p0.yaml:5: AppProject team is not valid at spec.signatureKeys'],
  },
])
  test(`read-project ${it}`, () => {
    const { projects, faults } = read(`${head}spec:${spec}`);
    deepEqual([projects, faults.map(({ message }) => message)], [[], says]);
  });

test('read-project names what is not acted on, and keys that nobody knows', () => {
  const [project] = read(
    `${head}spec:\n  sourceRepo: ["*"]\n  roles: [{name: a}]\n  sourceNamespaces: [argo]\n`,
  ).projects;
  deepEqual(project?.warnings, [
    'p0.yaml:5: spec.sourceRepo is not known; did you mean sourceRepos?',
    'p0.yaml:6: spec.roles is not acted on: access[] of trueup.yaml says who may do what',
    'p0.yaml:7: spec.sourceNamespaces is not acted on: Applications lie in the fleet, in no namespace',
  ]);
});

test('read-project takes the first of two of one name, and says the second', () => {
  const { projects, faults } = read(`${head}spec: {description: one}\n`, `${head}spec: {description: two}\n`);
  equal(projects[0]?.description, 'one');
  deepEqual(
    faults.map(({ message }) => message),
    ['AppProject team is defined in p0.yaml:1 and in p1.yaml:1'],
  );
});
