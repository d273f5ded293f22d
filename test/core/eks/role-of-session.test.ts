import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { roleOfSession } from '../../../lib/core/eks/role-of-session.ts';

for (const [given, gives] of [
  ['arn:aws:sts::111122223333:assumed-role/sync/function-1', 'arn:aws:iam::111122223333:role/sync'],
  ['arn:aws-cn:sts::111122223333:assumed-role/sync/x', 'arn:aws-cn:iam::111122223333:role/sync'],
  ['arn:aws:iam::111122223333:user/ann', 'arn:aws:iam::111122223333:user/ann'],
] as const) {
  test(`role-of-session ${given}`, () => equal(roleOfSession(given), gives));
}
