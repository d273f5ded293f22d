import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import type { GlobalProject } from '../../../lib/core/customization/customizations.ts';
import { noCustomizations } from '../../../lib/core/customization/no-customizations.ts';
import { initialRules } from '../../../lib/core/fleet/initial-rules.ts';
import { defaultProject } from '../../../lib/core/project/default-project.ts';
import { inheritedProject } from '../../../lib/core/project/inherited-project.ts';
import { permissionOf } from '../../../lib/core/project/permission-of.ts';
import type { Project } from '../../../lib/core/project/project.ts';

const kind = (name: string) => ({ group: '', kind: name, name: '*' });
const team: Project = {
  ...defaultProject(),
  name: 'team',
  labels: { tier: 'two' },
  sourceRepos: ['https://a'],
  clusterResourceWhitelist: [],
};
const base: Project = {
  ...defaultProject(),
  name: 'base',
  sourceRepos: ['https://b'],
  destinations: [{ server: 'https://prod', name: null, namespace: 'shared' }],
  clusterResourceWhitelist: [kind('Namespace')],
  clusterResourceBlacklist: [kind('ClusterRole')],
  namespaceResourceBlacklist: [kind('Secret')],
};
const everybody = { matchLabels: {}, matchExpressions: [] };

function inherit(globals: GlobalProject[], own: Partial<Project> = {}, added: Partial<Project> = {}): Project | null {
  const customizations = { ...noCustomizations(), globalProjects: globals };
  const projects = [
    { ...base, ...added },
    { ...team, ...own },
  ];
  return inheritedProject('team', { ...initialRules(), projects, customizations });
}

test('inherited-project adds every list to the project’s own', () => {
  const project = inherit([{ projectName: 'base', labelSelector: everybody }]);
  deepEqual(
    {
      sourceRepos: project?.sourceRepos,
      namespaces: project?.destinations.map(({ namespace }) => namespace),
      clusterResourceWhitelist: project?.clusterResourceWhitelist.map((each) => each.kind),
      clusterResourceBlacklist: project?.clusterResourceBlacklist.map((each) => each.kind),
      namespaceResourceWhitelist: project?.namespaceResourceWhitelist,
      namespaceResourceBlacklist: project?.namespaceResourceBlacklist.map((each) => each.kind),
      name: project?.name,
    },
    {
      sourceRepos: ['https://a', 'https://b'],
      namespaces: ['*', 'shared'],
      clusterResourceWhitelist: ['Namespace'],
      clusterResourceBlacklist: ['ClusterRole'],
      namespaceResourceWhitelist: null,
      namespaceResourceBlacklist: ['Secret'],
      name: 'team',
    },
  );
});

for (const [it, own, added, gives] of [
  ['permits all where neither has a list', null, null, null],
  ['is restricted by the list of the other (!)', null, ['Secret'], ['Secret']],
  ['is not restricted by an empty one', null, [], null],
  ['stays at none with none', [], null, []],
  ['adds both', ['Service'], ['Secret'], ['Service', 'Secret']],
] as [string, string[] | null, string[] | null, string[] | null][])
  test(`inherited-project: namespaceResourceWhitelist ${it}`, () => {
    const lists = [own, added].map((list) => ({ namespaceResourceWhitelist: list?.map(kind) ?? null }));
    const project = inherit([{ projectName: 'base', labelSelector: everybody }], lists[0], lists[1]);
    deepEqual(project?.namespaceResourceWhitelist?.map((each) => each.kind) ?? null, gives);
  });

for (const [it, labelSelector, inherits] of [
  ['everybody', {}, true],
  ['a label', { matchLabels: { tier: 'two' } }, true],
  ['another value', { matchLabels: { tier: 'one' } }, false],
  ['one of two labels', { matchLabels: { tier: 'two', env: 'prod' } }, false],
  ['In', { matchExpressions: [{ key: 'tier', operator: 'In', values: ['one', 'two'] }] }, true],
  ['In, of a label it lacks', { matchExpressions: [{ key: 'env', operator: 'In', values: ['prod'] }] }, false],
  ['NotIn', { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['two'] }] }, false],
  ['NotIn, of a label it lacks', { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] }, true],
  ['Exists', { matchExpressions: [{ key: 'tier', operator: 'Exists', values: [] }] }, true],
  ['DoesNotExist', { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist', values: [] }] }, false],
] as [string, Partial<GlobalProject['labelSelector']>, boolean][])
  test(`inherited-project selects by ${it}`, () => {
    const project = inherit([{ projectName: 'base', labelSelector: { ...everybody, ...labelSelector } }]);
    equal(project?.sourceRepos.includes('https://b'), inherits);
  });

test('inherited-project says that the project it should inherit from is not there', () => {
  const project = inherit([{ projectName: 'bass', labelSelector: everybody }]);
  match(project?.warnings[0] ?? '', /names the project bass, which the fleet does not have/);
  deepEqual(project?.sourceRepos, ['https://a']);
});

test('inherited-project is what an Application is judged by', () => {
  const customizations = { ...noCustomizations(), globalProjects: [{ projectName: 'base', labelSelector: everybody }] };
  const rules = { ...initialRules(), projects: [base, team], customizations };
  const { project } = permissionOf('team', rules, { name: 'prod', servers: [], project: null });
  deepEqual(project?.namespaceResourceBlacklist, [kind('Secret')]);
  equal(inheritedProject('nobody', rules), null);
});
