/** Finds the scripts of `argocd-cm` that are no Lua, before an object is judged by one. */
import type { Customizations } from '../core/customization/customizations.ts';
import { Fault } from '../core/fault/fault.ts';
import type { Origin } from '../core/object/manifest.ts';
import type { Ports } from '../ports/ports.ts';

/** Faults customization.invalid. */
export async function checkScripts(
  { health, actions }: Pick<Customizations, 'health' | 'actions'>,
  origin: Origin,
  { scripts }: Pick<Ports, 'scripts'>,
): Promise<Fault[]> {
  const texts = [
    ...health.map(({ lua, ...ofKind }) => ({ path: `health of ${nameOf(ofKind)}`, lua })),
    ...actions.flatMap(({ discovery, definitions, ...ofKind }) => [
      { path: `actions of ${nameOf(ofKind)}: discovery.lua`, lua: discovery },
      ...definitions.map(({ name, lua }) => ({ path: `actions of ${nameOf(ofKind)}: ${name}`, lua })),
    ]),
  ];
  if (texts.length === 0) return [];
  const machine = await scripts();
  return texts.flatMap(({ path, lua }) => {
    const problem = machine.problem(lua);
    if (problem === null) return [];
    const found = `${problem.because} in line ${problem.line} of the script`;
    return [new Fault('customization.invalid', { ...origin, path, found, allowed: 'Lua' })];
  });
}

function nameOf({ group, kind }: { group: string; kind: string }): string {
  return group === '' ? kind : `${group}/${kind}`;
}
