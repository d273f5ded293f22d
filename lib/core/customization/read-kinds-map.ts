/** Reads `resource.customizations` as one mapping from `group/Kind` to what is said about it: the older form, and the one for wildcards. */
import type { Customizations } from './customizations.ts';
import { parseOfKind } from './parse-of-kind.ts';
import { readActions } from './read-actions.ts';
import { readDifference } from './read-rules.ts';
import { openSetting, type Setting } from './setting.ts';
import type { SettingNode } from './setting-node.ts';

const known = [
  'health.lua',
  'health.lua.useOpenLibs',
  'actions',
  'ignoreDifferences',
  'ignoreResourceUpdates',
  'knownTypeFields',
];

export function readKindsMap(setting: Setting, into: Customizations): void {
  const kinds = setting.yaml().mapping();
  for (const name of kinds.keys) {
    const ofKind = parseOfKind(name, '/', false);
    if (ofKind === null) {
      setting.fail([name], { found: name, allowed: '<group>/<Kind>, or <Kind>' });
      continue;
    }
    const given = kinds.at(name).mapping(known);
    const useOpenLibs = given.at('health.lua.useOpenLibs').boolean(false);
    const lua = given.at('health.lua').text('');
    if (lua !== '') into.health.push({ ...ofKind, lua, useOpenLibs });
    const actions = inner(setting, name, 'actions', given.at('actions'));
    if (actions !== null) into.actions.push({ ...ofKind, ...readActions(actions), useOpenLibs });
    const differences = inner(setting, name, 'ignoreDifferences', given.at('ignoreDifferences'));
    if (differences !== null) into.ignoreDifferences.push({ ...ofKind, ...readDifference(differences.yaml()) });
  }
}

/** YAML in YAML: text that is read once more. What is wrong in it is reported at the field that holds it. null: not given. */
function inner(setting: Setting, name: string, field: string, node: SettingNode): Setting | null {
  if (!node.isGiven) return null;
  const origin = { file: '', line: 1 };
  return openSetting({ key: field, value: node.text(), text: '', origin }, ({ facts: { path, found, allowed } }) => {
    setting.fail([name, field], { found: `${found} at ${path}`, allowed: String(allowed) });
  });
}
