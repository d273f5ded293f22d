/** Reads the actions of a kind: which there are, and the script of each. */
import type { Customizations } from './customizations.ts';
import type { Setting } from './setting.ts';
import type { SettingNode } from './setting-node.ts';

type Actions = Omit<Customizations['actions'][number], 'group' | 'kind' | 'useOpenLibs'>;

export function readActions(setting: Pick<Setting, 'yaml'>): Actions {
  const given = setting.yaml().mapping(['discovery.lua', 'definitions', 'mergeBuiltinActions']);
  return {
    discovery: given.at('discovery.lua').text(''),
    definitions: given
      .at('definitions')
      .list()
      .map((item) => readDefinition(item)),
    mergeBuiltinActions: given.at('mergeBuiltinActions').boolean(false),
  };
}

function readDefinition(node: SettingNode): Actions['definitions'][number] {
  const given = node.mapping(['name', 'action.lua', 'iconClass', 'displayName']);
  return { name: given.at('name').text(), lua: given.at('action.lua').text() };
}
