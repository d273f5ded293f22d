/** Reads what the fleet says about the health of kinds, for the length of a run. */

import type { Customizations } from '../core/customization/customizations.ts';
import { assessHealth } from '../core/health/assess-health.ts';
import { expressionRule } from '../core/health/expression-health.ts';
import type { HealthRule, HealthRules } from '../core/health/health-rules.ts';
import { scriptHealth } from '../core/health/script-health.ts';
import type { Ports } from '../ports/ports.ts';
import type { Scripts } from '../ports/scripts.ts';

/** The ports of a run: what is asked of them about health is answered by the rules of the fleet too. */
export async function withHealthRules(ports: Ports): Promise<Ports> {
  const { customizations } = await ports.fleetRules.get();
  const rules = await healthRules(customizations, ports);
  return rules.length === 0 ? ports : { ...ports, assess: (object) => assessHealth(object, rules) };
}

/** Lua is loaded only where a rule is written in it. */
export async function healthRules(
  { health, healthExpressions }: Pick<Customizations, 'health' | 'healthExpressions'>,
  { scripts }: Pick<Ports, 'scripts'>,
): Promise<HealthRules> {
  const lua = health.length === 0 ? null : await scripts();
  return [
    ...(lua === null ? [] : health.map((customization) => scriptRule(customization, lua))),
    ...healthExpressions.map(expressionRule),
  ];
}

function scriptRule({ group, kind, ...script }: Customizations['health'][number], lua: Scripts): HealthRule {
  const name = `The health script of ${group === '' ? kind : `${group}/${kind}`}`;
  return { group, kind, assess: (obj) => scriptHealth(lua.run(script, { obj }), name) };
}
