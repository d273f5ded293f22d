/** Reads `globalProjects` of `argocd-cm`: which projects inherit from which. */
import type { LabelSelector } from '../project/selects-labels.ts';
import type { GlobalProject } from './customizations.ts';
import type { Setting } from './setting.ts';
import type { SettingNode } from './setting-node.ts';

export function readGlobalProjects(setting: Setting): GlobalProject[] {
  return setting
    .yaml()
    .list()
    .map((item) => {
      const given = item.mapping(['labelSelector', 'projectName']);
      return { projectName: given.at('projectName').text(), labelSelector: readSelector(given.at('labelSelector')) };
    });
}

function readSelector(node: SettingNode): LabelSelector {
  const given = node.mapping(['matchLabels', 'matchExpressions']);
  const labels = given.at('matchLabels').mapping();
  return {
    matchLabels: Object.fromEntries(labels.keys.map((key) => [key, labels.at(key).text()])),
    matchExpressions: given
      .at('matchExpressions')
      .list()
      .map((item) => readExpression(item)),
  };
}

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

function readExpression(node: SettingNode): LabelSelector['matchExpressions'][number] {
  const given = node.mapping(['key', 'operator', 'values']);
  const written = given.at('operator').text();
  const operator = operators.find((each) => each === written);
  if (operator === undefined)
    given.at('operator').fail({ found: JSON.stringify(written), allowed: operators.join(', ') });
  return { key: given.at('key').text(), operator: operator ?? 'In', values: given.at('values').texts() };
}
