/** Reads what is ignored: differences of a kind, and kinds as a whole. */
import type { IgnoreDifference } from '../application/application.ts';
import type { ResourceFilter } from './customizations.ts';
import type { Setting } from './setting.ts';
import type { SettingNode } from './setting-node.ts';

/** `jqPathExpressions` are compiled where they are used. */
export function readDifference(node: SettingNode): Omit<IgnoreDifference, 'group' | 'kind'> {
  const given = node.mapping(['jsonPointers', 'jqPathExpressions', 'managedFieldsManagers']);
  return {
    jsonPointers: given
      .at('jsonPointers')
      .list()
      .map((item) => readPointer(item)),
    jqPathExpressions: given.at('jqPathExpressions').texts(),
    managedFieldsManagers: given.at('managedFieldsManagers').texts(),
  };
}

function readPointer(node: SettingNode): string {
  const text = node.text();
  if (text !== '' && !text.startsWith('/')) {
    node.fail({ found: JSON.stringify(text), allowed: 'a JSON pointer, which begins with /' });
  }
  return text;
}

export function readFilters(setting: Setting): ResourceFilter[] {
  return setting
    .yaml()
    .list()
    .map((item) => {
      const given = item.mapping(['apiGroups', 'kinds', 'clusters']);
      return {
        apiGroups: given.at('apiGroups').texts(),
        kinds: given.at('kinds').texts(),
        clusters: given.at('clusters').texts(),
      };
    });
}
