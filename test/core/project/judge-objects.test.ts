import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { initialRules } from '../../../lib/core/fleet/initial-rules.ts';
import { defaultProject } from '../../../lib/core/project/default-project.ts';
import { judgeApplication } from '../../../lib/core/project/judge-application.ts';
import { judgeObjects } from '../../../lib/core/project/judge-objects.ts';
import { permissionOf } from '../../../lib/core/project/permission-of.ts';
import type { Project } from '../../../lib/core/project/project.ts';
import { exampleApplication } from '../../contracts/example-application.ts';

const prod = { name: 'prod', servers: ['https://prod.example.com'], project: null };
const team: Project = {
  ...defaultProject(),
  name: 'team',
  destinations: [{ server: '*', name: null, namespace: 'shop' }],
  clusterResourceWhitelist: [],
};
const rules = { ...initialRules(), projects: [defaultProject(), team] };
const inTeam = permissionOf('team', rules, prod);

const service = { group: '', kind: 'Service', namespace: 'shop', name: 'web' };

test('judge-objects names every object that is not permitted, with its place', () => {
  const origin = { file: 'deploy/web.yaml', line: 3 };
  const faults = judgeObjects(
    [
      { key: service, origin },
      { key: { ...service, namespace: 'kube-system' }, origin },
      { key: { group: '', kind: 'Namespace', namespace: '', name: 'shop' } },
    ],
    inTeam,
  );
  deepEqual(
    faults.map(({ message }) => message),
    [
      'Service kube-system/web is not permitted in the project team: destinations do not have the namespace kube-system of prod',
      'Namespace shop is not permitted in the project team: its kind is not in clusterResourceWhitelist, or is in clusterResourceBlacklist',
    ],
  );
  equal(faults[0]?.facts.file, 'deploy/web.yaml');
});

for (const { it, application, permission, code } of [
  { it: 'lets the default be', application: {}, permission: permissionOf('default', rules, prod), code: null },
  {
    it: 'refuses a project that is not there',
    application: { project: 'tean' },
    permission: permissionOf('tean', rules, prod),
    code: 'project.unknown',
  },
  {
    it: 'refuses a name that only looks the same',
    application: { project: 'team ' },
    permission: permissionOf('team ', rules, prod),
    code: 'project.unknown',
  },
  {
    it: 'refuses another namespace',
    application: { project: 'team', destination: { name: 'prod', namespace: 'web' } },
    permission: inTeam,
    code: 'project.destination_not_permitted',
  },
  {
    it: 'refuses a cluster of another project',
    application: { project: 'team', destination: { name: 'prod', namespace: 'shop' } },
    permission: permissionOf('team', rules, { ...prod, project: 'other' }),
    code: 'project.cluster_not_permitted',
  },
  {
    it: 'refuses a repository',
    application: { project: 'team' },
    permission: { ...inTeam, project: { ...team, sourceRepos: [] } },
    code: 'project.source_not_permitted',
  },
])
  test(`judge-application ${it}`, () =>
    equal(judgeApplication(exampleApplication(application), permission)?.code ?? null, code));

test('judge-application names the project that was meant', () => {
  const fault = judgeApplication(exampleApplication({ project: 'tean' }), permissionOf('tean', rules, prod));
  ok(fault?.hint.includes('Did you mean team? Known: default, team.'));
});

test('judge-application shows no password of a repository', () => {
  const source = { ...exampleApplication().source, repoURL: 'https://me:canary@git.example.com/team/shop' };
  const permission = { ...inTeam, project: { ...team, sourceRepos: [] } };
  ok(!JSON.stringify(judgeApplication(exampleApplication({ source }), permission)?.report()).includes('canary'));
});

test('adding a denial never permits more', () => {
  const random = seeded(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const servers = ['*', 'https://prod.*', 'https://stage.example.com'];
  const namespaces = ['*', 'shop', 'kube-*', 's?op'];
  const kinds = ['*', 'Service', 'Cluster*', 'Namespace'];
  const entry = (not = '') => ({ server: `${not}${pick(servers)}`, name: null, namespace: pick(namespaces) });
  const kind = () => ({ group: pick(['*', '', 'apps']), kind: pick(kinds), name: pick(['*', 'web']) });
  const keys = ['shop', 'kube-system', ''].flatMap((namespace) =>
    ['Service', 'Namespace', 'ClusterRole'].map((name) => ({
      key: { group: pick(['', 'apps']), kind: name, namespace, name: 'web' },
    })),
  );
  for (let round = 0; round < 2_000; round += 1) {
    const project: Project = {
      ...team,
      destinations: [entry(), entry(), entry(pick(['', '!']))],
      clusterResourceWhitelist: [kind()],
      namespaceResourceWhitelist: pick([null, [kind(), kind()]]),
    };
    const denials: Partial<Project>[] = [
      { destinations: [...project.destinations, entry('!')] },
      { destinations: [{ ...entry(), namespace: `!${pick(namespaces)}` }, ...project.destinations] },
      { clusterResourceBlacklist: [kind()] },
      { namespaceResourceBlacklist: [kind()] },
    ];
    const before = refusedBy(project);
    const after = refusedBy({ ...project, ...pick(denials) });
    ok(
      before.every((object) => after.includes(object)),
      JSON.stringify({ project, before, after }),
    );
  }
  function refusedBy(project: Project): unknown[] {
    return judgeObjects(keys, { ...inTeam, project }).map(({ facts }) => facts.object);
  }
});

/** Park and Miller's. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
