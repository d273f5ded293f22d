/** Which states of a stack let it be changed, and what to do about the others. */
import { doesNotThrow, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { checkChangeable } from '../../../infra/aws/stack.ts';

for (const status of ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']) {
  test(`stack may be changed in ${status}`, () => doesNotThrow(() => checkChangeable('trueup-prod', status)));
}

for (const { status, code, hint } of [
  { status: 'UPDATE_IN_PROGRESS', code: 'deploy.stack_busy', hint: /Wait/ },
  { status: 'ROLLBACK_COMPLETE', code: 'deploy.stack_stuck', hint: /npm run remove -- --stage prod$/ },
  { status: 'DELETE_FAILED', code: 'deploy.stack_stuck', hint: /npm run remove -- --stage prod$/ },
  { status: 'REVIEW_IN_PROGRESS', code: 'deploy.stack_stuck', hint: /npm run remove -- --stage prod$/ },
  { status: 'UPDATE_ROLLBACK_FAILED', code: 'deploy.stack_stuck', hint: /continue-update-rollback/ },
]) {
  test(`stack may not be changed in ${status}, and the fix is said`, () => {
    throws(() => checkChangeable('trueup-prod', status), { code, hint });
  });
}
