/** Which states of a stack let it be changed, and what to do about the others. */
import { doesNotThrow, match, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { checkChangeable, nextAfterFailure } from '../../../infra/aws/stack.ts';

function stateIn(status: string) {
  return { stack: 'trueup-prod', region: 'eu-west-1', status };
}

for (const status of ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']) {
  test(`stack may be changed in ${status}`, () => doesNotThrow(() => checkChangeable(stateIn(status))));
}

for (const { status, code, hint } of [
  { status: 'UPDATE_IN_PROGRESS', code: 'deploy.stack_busy', hint: /Wait/ },
  {
    status: 'ROLLBACK_COMPLETE',
    code: 'deploy.stack_stuck',
    hint: /npm run remove -- --stage prod --region eu-west-1$/,
  },
  { status: 'DELETE_FAILED', code: 'deploy.stack_stuck', hint: /npm run remove -- --stage prod --region eu-west-1$/ },
  {
    status: 'REVIEW_IN_PROGRESS',
    code: 'deploy.stack_stuck',
    hint: /npm run remove -- --stage prod --region eu-west-1$/,
  },
  {
    status: 'UPDATE_ROLLBACK_FAILED',
    code: 'deploy.stack_stuck',
    hint: /continue-update-rollback --stack-name trueup-prod --region eu-west-1$/,
  },
]) {
  test(`stack may not be changed in ${status}, and the fix is said`, () => {
    throws(() => checkChangeable(stateIn(status)), { code, hint });
  });
}

for (const [status, says] of [
  ['UPDATE_ROLLBACK_COMPLETE', /as it was before: run the command again/],
  ['ROLLBACK_COMPLETE', /npm run remove/],
] as const) {
  test(`stack that failed and is ${status} has its next step`, () => match(nextAfterFailure(stateIn(status)), says));
}
