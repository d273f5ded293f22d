/** Reads `trueup.healthExpressions`: for kinds, when they are current, in progress or failed, in CEL. */
import { compileExpression } from '../health/compile-expression.ts';
import { groupOf } from '../object/object-key.ts';
import type { HealthExpressions } from './customizations.ts';
import type { Setting } from './setting.ts';
import type { SettingNode } from './setting-node.ts';

const expressions = ['current', 'inProgress', 'failed'] as const;

export function readHealthExpressions(setting: Setting): HealthExpressions[] {
  return setting
    .yaml()
    .list()
    .map((item) => {
      const given = item.mapping(['apiVersion', 'kind', ...expressions]);
      const [current, inProgress, failed] = expressions.map((name) => readExpression(given.at(name), name));
      return {
        group: groupOf(given.at('apiVersion').text()),
        kind: given.at('kind').text(''),
        current: current ?? '',
        inProgress: inProgress ?? '',
        failed: failed ?? '',
      };
    });
}

function readExpression(node: SettingNode, name: (typeof expressions)[number]): string {
  const text = name === 'current' ? node.text() : node.text('');
  if (text === '') return '';
  try {
    compileExpression(text);
    return text;
  } catch (error) {
    const because = error instanceof Error ? error.message.split('\n')[0] : 'it is not valid';
    node.fail({ found: `${text} (${because})`, allowed: 'a CEL expression that is true or false' });
    return '';
  }
}
