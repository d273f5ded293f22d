import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { initialRules } from '../../../lib/core/fleet/initial-rules.ts';
import { rulesOf } from '../../../lib/core/fleet/rules-of.ts';
import { defaultProject } from '../../../lib/core/project/default-project.ts';
import type { Project } from '../../../lib/core/project/project.ts';

const { customizations, dependencies } = initialRules();
const written = (name: string, description = ''): Project => ({
  ...defaultProject(),
  name,
  description,
  origin: { file: `${name}.yaml`, line: 1 },
});
const invalid = (project: string) => new Fault('project.invalid', { project });
const unreadable = new Fault('application.invalid', { file: 'a.yaml' });

for (const { it, projects, faults, former, gives } of [
  { it: 'adds the default that the fleet does not define', projects: [], faults: [], former: [], gives: ['default '] },
  {
    it: 'takes the default that the fleet defines',
    projects: [written('default', 'ours')],
    faults: [],
    former: [defaultProject()],
    gives: ['default ours'],
  },
  { it: 'forgets what left', projects: [], faults: [], former: [written('team')], gives: ['default '] },
  {
    it: 'keeps what may stand in a document that cannot be read',
    projects: [],
    faults: [unreadable],
    former: [written('team', 'old')],
    gives: ['default ', 'team old'],
  },
  {
    it: 'keeps a default that cannot be read',
    projects: [],
    faults: [invalid('default')],
    former: [written('default', 'old')],
    gives: ['default old'],
  },
  {
    it: 'allows nothing in a default that could never be read',
    projects: [],
    faults: [invalid('default')],
    former: [defaultProject()],
    gives: [],
  },
  {
    it: 'keeps no old text of what was read',
    projects: [written('team', 'new')],
    faults: [unreadable],
    former: [written('team', 'old')],
    gives: ['default ', 'team new'],
  },
])
  test(`rules-of ${it}`, () => {
    const rules = rulesOf(
      { projects, customizations, dependencies, faults },
      { projects: former, customizations, dependencies },
    );
    deepEqual(
      rules.projects.map(({ name, description }) => `${name} ${description}`),
      gives,
    );
  });

const globals = (projectName: string) => ({
  ...customizations,
  globalProjects: [{ projectName, labelSelector: { matchLabels: {}, matchExpressions: [] } }],
});
const misspelt = new Fault('customization.invalid', { path: 'globalProjects: [0]' });
for (const { it, read, faults, gives } of [
  { it: 'takes the new ones', read: globals('new'), faults: [], gives: 'new' },
  { it: 'takes the new ones beside a mistake elsewhere', read: globals('new'), faults: [unreadable], gives: 'new' },
  { it: 'forgets them when they are taken out', read: customizations, faults: [], gives: undefined },
  { it: 'keeps them while their document may be unreadable', read: customizations, faults: [unreadable], gives: 'old' },
  { it: 'keeps them while they are wrong themselves', read: globals('new'), faults: [misspelt], gives: 'old' },
])
  test(`rules-of global projects: ${it}`, () => {
    const former = { ...initialRules(), customizations: globals('old') };
    const rules = rulesOf({ projects: [], customizations: read, dependencies, faults }, former);
    equal(rules.customizations.globalProjects?.[0]?.projectName, gives);
  });
