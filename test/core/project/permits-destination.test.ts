import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { permitsCluster, permitsDestination } from '../../../lib/core/project/permits-destination.ts';

const prod = {
  name: 'prod',
  servers: ['https://prod.example.com', 'https://kubernetes.default.svc'],
  project: null,
};
type Entry = { server?: string; name?: string; namespace: string };
const cases: [it: string, destinations: Entry[], namespace: string, permitted: boolean][] = [
  ['permits nothing without an entry', [], 'shop', false],
  ['takes a cluster by its server', [{ server: 'https://prod.example.com', namespace: 'shop' }], 'shop', true],
  ['takes a cluster by its name', [{ name: 'prod', namespace: 'shop' }], 'shop', true],
  ['takes a cluster by either of both', [{ name: 'other', server: 'https://prod.*', namespace: 'shop' }], 'shop', true],
  [
    'takes a cluster by its in-cluster alias',
    [{ server: 'https://kubernetes.default.svc', namespace: '*' }],
    'shop',
    true,
  ],
  [
    'does not care for a slash, case and 443',
    [{ server: 'https://PROD.example.com:443/', namespace: '*' }],
    'shop',
    true,
  ],
  ['does not take another cluster', [{ name: 'stage', namespace: '*' }], 'shop', false],
  ['does not take another namespace', [{ name: 'prod', namespace: 'web' }], 'shop', false],
  ['does not take an empty namespace for all', [{ name: 'prod', namespace: '' }], 'shop', false],
  ['knows globs of namespaces', [{ name: 'prod', namespace: 'team-*' }], 'team-shop', true],
  ['does not take a part for the whole', [{ name: 'prod', namespace: 'team' }], 'team-shop', false],
  ['is exact about case of namespaces', [{ name: 'prod', namespace: 'Shop' }], 'shop', false],
  ['is not fooled by a space', [{ name: 'prod', namespace: 'shop' }], 'shop ', false],
  [
    'lets a ! of a namespace win',
    [
      { name: 'prod', namespace: '!kube-*' },
      { name: '*', namespace: '*' },
    ],
    'kube-system',
    false,
  ],
  [
    'lets a ! win that stands last',
    [
      { name: '*', namespace: '*' },
      { name: 'prod', namespace: '!kube-*' },
    ],
    'kube-system',
    false,
  ],
  [
    'lets others be beside a !',
    [
      { name: 'prod', namespace: '!kube-*' },
      { name: '*', namespace: '*' },
    ],
    'shop',
    true,
  ],
  ['does not take a ! for a permission', [{ name: 'prod', namespace: '!kube-*' }], 'shop', false],
  [
    'lets a ! of a name win over its server',
    [
      { server: '*', namespace: '*' },
      { name: '!prod', namespace: '*' },
    ],
    'shop',
    false,
  ],
  [
    'lets a ! of a server win over its name',
    [
      { name: '*', namespace: '*' },
      { server: '!https://prod.*', namespace: '*' },
    ],
    'shop',
    false,
  ],
  [
    'lets a ! of the alias win',
    [
      { name: '*', namespace: '*' },
      { server: '!https://kubernetes.default.svc', namespace: '*' },
    ],
    'shop',
    false,
  ],
  [
    'keeps a ! of a cluster to its namespaces',
    [
      { name: '*', namespace: '*' },
      { name: '!prod', namespace: 'web' },
    ],
    'shop',
    true,
  ],
  [
    'with two ! denies the cluster whole',
    [
      { name: '*', namespace: '*' },
      { name: '!prod', namespace: '!web' },
    ],
    'shop',
    false,
  ],
  [
    'with two ! denies the namespace anywhere',
    [
      { name: '*', namespace: '*' },
      { name: '!stage', namespace: '!shop' },
    ],
    'shop',
    false,
  ],
];

function entryOf({ server = undefined, name = undefined, namespace }: Entry) {
  return { server: server ?? null, name: name ?? null, namespace };
}

for (const [it, destinations, namespace, permitted] of cases)
  test(`permits-destination ${it}`, () =>
    equal(permitsDestination({ destinations: destinations.map(entryOf) }, prod, namespace), permitted));

test('permits-destination denies a cluster that cannot be told from the server that is denied', () => {
  const destinations = [
    { name: '*', namespace: '*' },
    { server: '!https://stage.*', namespace: '*' },
  ].map(entryOf);
  equal(permitsDestination({ destinations }, { ...prod, servers: [] }, 'shop'), false);
  equal(permitsDestination({ destinations }, prod, 'shop'), true);
});

for (const [it, project, only, permitted] of [
  ['lets every project use a cluster that is nobody’s', null, false, true],
  ['lets a project use its own', 'team', false, true],
  ['lets no other project use it', 'other', false, false],
  ['keeps a project to its own where it says so', null, true, false],
  ['lets a project that keeps to its own use it', 'team', true, true],
] as const)
  test(`permits-cluster ${it}`, () =>
    equal(permitsCluster({ name: 'team', permitOnlyProjectScopedClusters: only }, { ...prod, project }), permitted));
