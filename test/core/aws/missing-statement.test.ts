import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { missingStatement } from '../../../lib/core/aws/missing-statement.ts';

const action = 'sqs:SendMessage';
const queue = 'arn:aws:sqs:eu-west-1:123456789012:wake-ups';

for (const { it, message, resource } of [
  {
    it: 'the resource that AWS names',
    message: `User: arn:aws:sts::123456789012:assumed-role/webhook/x is not authorized to perform: ${action} on resource: ${queue} because no identity-based policy allows it`,
    resource: queue,
  },
  { it: 'one in quotes', message: `not authorized to perform: ${action} on resource: "${queue}"`, resource: queue },
  { it: 'the one given where AWS names none', message: 'Access Denied', resource: 'arn:aws:sqs:*:*:q' },
]) {
  test(`missing-statement takes ${it}`, () => {
    const statement = missingStatement({ message, action, resource: 'arn:aws:sqs:*:*:q' });
    deepEqual(JSON.parse(statement), { Effect: 'Allow', Action: action, Resource: resource });
  });
}
