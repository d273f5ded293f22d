/** Secrets of the local AWS: both services, rotated, removed, and asked by somebody who may not. */
import { equal, match, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, type TestContext, test } from 'node:test';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { ClientConfig, LocalAws } from '../../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../../infra/local/aws/start-local-aws.ts';
import { awsSecrets } from '../../../lib/adapters/aws-secrets/aws-secrets.ts';
import { secretsManagerSecrets } from '../../../lib/adapters/aws-secrets/secrets-manager.ts';
import { ssmSecrets } from '../../../lib/adapters/aws-secrets/ssm.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { awsStranger } from '../../support/aws-stranger.ts';
import { silentLog } from '../../support/silent-log.ts';

describe('aws-secrets on ministack', () => {
  let aws: LocalAws;
  before(async () => {
    aws = await startLocalAws();
  });
  after(() => aws?.stop());

  /** A clock that stands still until told: what is remembered, and for how long, is seen without waiting. */
  function open(t: TestContext, clientConfig: ClientConfig = aws.clientConfig) {
    const manager = new SecretsManagerClient({ ...clientConfig, maxAttempts: 1 });
    const ssm = new SSMClient({ ...clientConfig, maxAttempts: 1 });
    t.after(() => {
      manager.destroy();
      ssm.destroy();
    });
    let at = 0;
    const secrets = awsSecrets({
      secretsManager: secretsManagerSecrets(manager),
      ssm: ssmSecrets(ssm),
      path: 'trueup.yaml',
      log: silentLog,
      now: () => at,
    });
    const pass = (ms: number) => {
      at += ms;
    };
    return { manager, ssm, secrets, pass };
  }

  const newName = () => `trueup/test/git/${randomBytes(6).toString('hex')}`;

  test('aws-secrets reads a secret, and the rotated one as soon as the old one was refused', async (t) => {
    const { manager, secrets, pass } = open(t);
    const reference = { secretsManager: newName() };
    await manager.send(new CreateSecretCommand({ Name: reference.secretsManager, SecretString: 'first' }));
    equal(await secrets.read(reference), 'first');
    await manager.send(new PutSecretValueCommand({ SecretId: reference.secretsManager, SecretString: 'second' }));
    pass(10_000);
    equal(await secrets.read(reference), 'first');
    equal(await secrets.read(reference, { fresh: true }), 'second');
  });

  test('aws-secrets follows a rotation within five minutes by itself', async (t) => {
    const { ssm, secrets, pass } = open(t);
    const Name = `/${newName()}`;
    await ssm.send(new PutParameterCommand({ Name, Value: 'first', Type: 'SecureString' }));
    equal(await secrets.read({ ssm: Name }), 'first');
    await ssm.send(new PutParameterCommand({ Name, Value: 'second', Type: 'SecureString', Overwrite: true }));
    pass(5 * 60_000);
    equal(await secrets.read({ ssm: Name }), 'second');
  });

  test('aws-secrets picks one value of a secret by its ARN, and reads bytes as text', async (t) => {
    const { manager, secrets } = open(t);
    const SecretString = '{"user": "ann", "token": "hunter2"}';
    const { ARN = '' } = await manager.send(new CreateSecretCommand({ Name: newName(), SecretString }));
    equal(await secrets.read({ secretsManager: `${ARN}#token` }), 'hunter2');
    const Name = newName();
    const SecretBinary = new TextEncoder().encode('kind: Config\n');
    await manager.send(new CreateSecretCommand({ Name, SecretBinary }));
    equal(await secrets.read({ secretsManager: Name }), 'kind: Config');
  });

  test('aws-secrets says which one is not there, also when it is no more', async (t) => {
    const { manager, ssm, secrets, pass } = open(t);
    const Name = newName();
    await rejects(secrets.read({ secretsManager: Name }), { code: 'config.secret_missing' });
    await rejects(secrets.read({ ssm: `/${Name}` }), { code: 'config.secret_missing' });
    await manager.send(new CreateSecretCommand({ Name, SecretString: 'a' }));
    await ssm.send(new PutParameterCommand({ Name: `/${Name}`, Value: 'a', Type: 'SecureString' }));
    equal(await secrets.read({ secretsManager: Name }), 'a');
    equal(await secrets.read({ ssm: `/${Name}` }), 'a');
    await manager.send(new DeleteSecretCommand({ SecretId: Name }));
    await ssm.send(new DeleteParameterCommand({ Name: `/${Name}` }));
    pass(5 * 60_000);
    await rejects(secrets.read({ secretsManager: Name }), { code: 'config.secret_missing' });
    await rejects(secrets.read({ ssm: `/${Name}` }), { code: 'config.secret_missing' });
  });

  test('aws-secrets tells who may not read it which statement is missing', async (t) => {
    const { manager, ssm } = open(t);
    const Name = newName();
    await manager.send(new CreateSecretCommand({ Name, SecretString: 'hunter2' }));
    await ssm.send(new PutParameterCommand({ Name: `/${Name}`, Value: 'hunter2', Type: 'SecureString' }));
    const { secrets } = open(t, await awsStranger(aws.clientConfig));
    for (const [reference, action] of [
      [{ secretsManager: Name }, 'secretsmanager:GetSecretValue'],
      [{ ssm: `/${Name}` }, 'ssm:GetParameter'],
    ] as const) {
      await rejects(secrets.read(reference), (error: unknown) => {
        if (!(error instanceof Fault)) throw error;
        equal(error.code, 'config.secret_denied');
        match(error.hint, new RegExp(`"Action":"${action}","Resource":"arn:aws:[a-z:0-9-]*[^"]*${Name}`));
        return true;
      });
    }
  });

  test('aws-secrets serves what it knows while AWS is away, for an hour', async (t) => {
    const own = await startLocalAws();
    t.after(() => own.stop());
    const { manager, secrets, pass } = open(t, own.clientConfig);
    const Name = newName();
    await manager.send(new CreateSecretCommand({ Name, SecretString: 'a' }));
    equal(await secrets.read({ secretsManager: Name }), 'a');
    await own.stop();
    pass(59 * 60_000);
    equal(await secrets.read({ secretsManager: Name }, { fresh: true }), 'a');
    pass(60_000);
    await rejects(secrets.read({ secretsManager: Name }), { code: 'config.secret_unreachable' });
  });
});
