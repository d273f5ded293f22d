/** The actions of one live object: built-in ones, those of the fleet, or both. */
import type { Action, ActionInput, Effect, Offer } from '../core/action/action.ts';
import { builtInActions } from '../core/action/built-in-actions.ts';
import { readEffects } from '../core/action/read-effects.ts';
import { readOffers } from '../core/action/read-offers.ts';
import type { Customizations } from '../core/customization/customizations.ts';
import { findRule } from '../core/health/health-rules.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { keyOf, type ObjectKey } from '../core/object/object-key.ts';
import type { Ports } from '../ports/ports.ts';

/** `run`: faults action.parameter_invalid, action.script_failed. */
export type AvailableAction = Offer & { run(input: ActionInput): Effect[] };

type Rules = Pick<Customizations, 'actions'>;

export function hasActions(key: ObjectKey, { actions }: Rules): boolean {
  return builtInActions(key).length > 0 || findRule(actions, key) !== null;
}

/** Lua is loaded only where the fleet has some for this kind. Fault action.script_failed. */
export async function availableActions(
  object: KubernetesObject,
  { actions }: Rules,
  { scripts }: Pick<Ports, 'scripts'>,
): Promise<AvailableAction[]> {
  const builtIn = builtInActions(keyOf(object)).map((action) => offerOf(action, object));
  const rule = findRule(actions, keyOf(object));
  if (rule === null) return builtIn;
  const own = await ownActions(rule, object, builtIn, { scripts });
  const others = builtIn.filter(({ name }) => !own.some((action) => action.name === name));
  return rule.mergeBuiltinActions ? [...own, ...others] : own;
}

function offerOf(action: Action, object: KubernetesObject): AvailableAction {
  const { name, parameters } = action;
  return { name, parameters, disabled: action.whyNot(object), run: (input) => action.run(object, input) };
}

/** What discovery names and nobody defines is the built-in action of that name. Without a discovery all that are defined can be done. */
async function ownActions(
  { group, kind, discovery, definitions, useOpenLibs }: Rules['actions'][number],
  object: KubernetesObject,
  builtIn: readonly AvailableAction[],
  { scripts }: Pick<Ports, 'scripts'>,
): Promise<AvailableAction[]> {
  const machine = await scripts();
  const obj = withoutManagedFields(object);
  const ofKind = group === '' ? kind : `${group}/${kind}`;
  const offers: Offer[] =
    discovery === ''
      ? definitions.map(({ name }) => ({ name, parameters: [], disabled: null }))
      : readOffers(machine.run({ lua: discovery, useOpenLibs }, { obj }), `discovery.lua of ${ofKind}`);
  return offers.flatMap((offer) => {
    const definition = definitions.find(({ name }) => name === offer.name);
    if (definition === undefined) {
      return builtIn
        .filter(({ name }) => name === offer.name)
        .map((action) => ({ ...action, disabled: offer.disabled }));
    }
    const run = ({ parameters: actionParams }: ActionInput) => {
      const result = machine.run({ lua: definition.lua, useOpenLibs }, { obj, actionParams });
      return readEffects(result, obj, `The script of ${offer.name} of ${ofKind}`);
    };
    return [{ ...offer, run }];
  });
}

/** Longer than the rest of the object, and nothing to decide by. */
function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
