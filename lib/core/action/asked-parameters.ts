/** The parameters of an action as they were given, defaults filled in. */
import { nearestName } from '../config/nearest-name.ts';
import { Fault } from '../fault/fault.ts';
import type { Offer } from './action.ts';

/** Fault action.parameter_invalid: one that is missing, or that the action does not have. */
export function askedParameters(
  { name: action, parameters }: Pick<Offer, 'name' | 'parameters'>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = parameters.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const allowed = nearestName(unknown, names) ?? (names.join(', ') || 'none: it takes no parameters');
    throw new Fault('action.parameter_invalid', { action, parameter: unknown, found: 'not known to it', allowed });
  }
  return Object.fromEntries(
    parameters.map(({ name, says, default: byDefault }) => {
      const value = given[name] ?? byDefault;
      if (value !== null) return [name, value];
      const facts = { action, parameter: name, found: 'left out', allowed: says || 'a value' };
      throw new Fault('action.parameter_invalid', facts);
    }),
  );
}
