import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { assumeRole } from '../../../lib/adapters/eks/assume-role.ts';
import { openAwsClients } from '../../../lib/adapters/eks/aws-clients.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { assumed, awsDouble, now } from './aws-double.ts';

const minute = 60_000;
const roleArn = 'arn:aws:iam::444455556666:role/trueup';
const target = { region: 'eu-west-1', roleArn };

test('assume-role names the installation and the external id, with the credentials of Trueup', async (t) => {
  const { clients, asked } = await awsDouble(t, () => assumed('ASIA1', now + 60 * minute));
  const source = assumeRole({
    sts: clients.sts('eu-west-1'),
    target: { ...target, externalId: 'e-1' },
    installation: 'eu',
    now: () => now,
  });
  deepEqual(await source.current(), {
    accessKeyId: 'ASIA1',
    secretAccessKey: 'secret',
    sessionToken: 'session+/=',
    expiration: new Date(now + 60 * minute),
  });
  deepEqual(asked[0]?.parameters, {
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: roleArn,
    RoleSessionName: 'trueup-eu',
    ExternalId: 'e-1',
  });
  equal(asked[0]?.accessKeyId, 'AKIDOWN');
});

test('assume-role shortens a session name that STS would refuse', async (t) => {
  const { clients, asked } = await awsDouble(t, () => assumed('ASIA1', now + 60 * minute));
  const sts = clients.sts('eu-west-1');
  await assumeRole({ sts, target, installation: 'x'.repeat(63), now: () => now }).current();
  equal(asked[0]?.parameters.RoleSessionName?.length, 64);
});

test('assume-role asks once for all that wait, again before the credentials end, and when they were refused', async (t) => {
  let clock = now;
  let count = 0;
  const { clients, asked } = await awsDouble(t, () => assumed(`ASIA${++count}`, clock + 60 * minute));
  const source = assumeRole({ sts: clients.sts('eu-west-1'), target, installation: 'eu', now: () => clock });
  const key = async () => (await source.current()).accessKeyId;
  deepEqual(await Promise.all([key(), key(), key()]), ['ASIA1', 'ASIA1', 'ASIA1']);
  clock += 39 * minute;
  equal(await key(), 'ASIA1');
  clock += minute;
  equal(await key(), 'ASIA2');
  source.renew();
  equal(await key(), 'ASIA3');
  equal(asked.length, 3);
});

test('assume-role that failed is tried again', async (t) => {
  let count = 0;
  const { clients } = await awsDouble(t, () =>
    ++count === 1 ? { error: 'AccessDenied', status: 403 } : assumed('ASIA1', now + 60 * minute),
  );
  const source = assumeRole({ sts: clients.sts('eu-west-1'), target, installation: 'eu', now: () => now });
  await rejects(source.current(), Fault);
  equal((await source.current()).accessKeyId, 'ASIA1');
});

test('assume-role that is not allowed says the statement, the trust policy and the external id', async (t) => {
  const sync = 'arn:aws:sts::111122223333:assumed-role/sync/f';
  const message = `User: ${sync} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  const { clients } = await awsDouble(t, () => ({ error: 'AccessDenied', message, status: 403 }));
  const source = assumeRole({
    sts: clients.sts('eu-west-1'),
    target: { ...target, externalId: 'e-1' },
    installation: 'eu',
    now: () => now,
  });
  await rejects(source.current(), (error) => {
    ok(error instanceof Fault);
    equal(error.code, 'eks.access_denied');
    match(error.message, new RegExp(`does not allow ${sync} sts:AssumeRole on ${roleArn}`));
    match(
      error.hint,
      /\{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::444455556666:role\/trueup"\}/,
    );
    match(error.hint, /trust policy of arn:aws:iam::444455556666:role\/trueup .* sts:ExternalId/);
    return true;
  });
});

for (const [region, host] of [
  ['eu-west-1', 'sts.eu-west-1.amazonaws.com'],
  ['us-east-1', 'sts.us-east-1.amazonaws.com'],
  ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
] as const) {
  test(`assume-role asks ${host} for a cluster in ${region}`, async () => {
    const sts = openAwsClients({ credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }).sts(region);
    const seen: unknown[] = [];
    sts.middlewareStack.add(
      () => async (sent) => {
        const { request } = sent;
        if (typeof request === 'object' && request !== null && 'hostname' in request) seen.push(request.hostname);
        throw new Fault('eks.throttled');
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const source = assumeRole({ sts, target: { ...target, region }, installation: 'eu', now: () => now });
    await rejects(source.current(), Fault);
    deepEqual(seen, [host]);
  });
}
