import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { checkCompareOptions, compareOptionsAnnotation } from '../../../lib/core/options/check-compare-options.ts';

const never = 'is not acted on: the API server always decides what differs';

for (const { it, written, says } of [
  { it: 'nothing of what is always so', written: 'ServerSideDiff=true, IncludeMutationWebhook=true', says: [] },
  { it: 'nothing of IgnoreExtraneous', written: 'IgnoreExtraneous', says: [] },
  { it: 'nothing where nothing is written', written: '', says: [] },
  {
    it: 'that another comparison cannot be had',
    written: 'ServerSideDiff=false',
    says: [`the compare option ServerSideDiff=false ${never}`],
  },
  {
    it: 'what a misspelt one may mean',
    written: 'IgnoreExtraneos,ServerSideDiff=true',
    says: ['the compare option IgnoreExtraneos is not known; did you mean IgnoreExtraneous?'],
  },
]) {
  test(`check-compare-options says ${it}`, () =>
    deepEqual(checkCompareOptions({ [compareOptionsAnnotation]: written }), says));
}

test('check-compare-options passes over what only spares Argo CD a refresh', () => {
  deepEqual(checkCompareOptions({ 'argocd.argoproj.io/ignore-resource-updates': 'true' }), []);
});
