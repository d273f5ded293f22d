/** What every store promises about the rules of the fleet. */
import { deepEqual } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { initialRules } from '../../lib/core/fleet/initial-rules.ts';
import type { Rules } from '../../lib/core/fleet/rules.ts';
import { defaultProject } from '../../lib/core/project/default-project.ts';
import type { Ports } from '../../lib/ports/ports.ts';

const rules: Rules = {
  ...initialRules(),
  projects: [
    defaultProject(),
    {
      ...defaultProject(),
      name: 'team',
      sourceRepos: ['https://git.example.com/team/*', '!*/secret'],
      namespaceResourceWhitelist: [],
      origin: { file: 'projects/team.yaml', line: 1 },
    },
  ],
};

export function fleetRulesContract(
  adapter: string,
  open: (t: TestContext) => Promise<Pick<Ports, 'fleetRules'>>,
): void {
  test(`${adapter} fleet rules: before the fleet is read there is the project default, and it allows everything`, async (t) => {
    const { fleetRules } = await open(t);
    deepEqual(await fleetRules.get(), initialRules());
  });

  test(`${adapter} fleet rules: the newest stand whole; none and an empty list stay apart`, async (t) => {
    const { fleetRules } = await open(t);
    await fleetRules.put(initialRules());
    await fleetRules.put(rules);
    deepEqual(await fleetRules.get(), rules);
    await fleetRules.put({ ...rules, projects: [] });
    deepEqual(await fleetRules.get(), { ...rules, projects: [] });
  });

  test(`${adapter} fleet rules: what another version did not know is filled in`, async (t) => {
    const { fleetRules } = await open(t);
    const { dependencies: _, ...older } = rules;
    await fleetRules.put(older as Rules);
    deepEqual(await fleetRules.get(), { ...older, dependencies: {} });
  });

  test(`${adapter} fleet rules: two thousand projects are kept, and less after them`, async (t) => {
    const { fleetRules } = await open(t);
    const projects = Array.from({ length: 2_000 }, (_, index) => ({
      ...defaultProject(),
      name: `team-${index}`,
      description: `${Math.sin(index)} ${Math.cos(index)} ${Math.tan(index)}`.repeat(5),
    }));
    await fleetRules.put({ ...rules, projects });
    deepEqual((await fleetRules.get()).projects, projects);
    await fleetRules.put(rules);
    deepEqual(await fleetRules.get(), rules);
  });
}
