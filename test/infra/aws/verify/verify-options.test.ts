import { deepEqual, throws } from 'node:assert/strict';
import test from 'node:test';
import { readVerifyOptions } from '../../../../infra/aws/verify/verify-options.ts';

const needed = [
  '--account',
  '1',
  '--region',
  'eu-west-1',
  '--cluster',
  'shop',
  '--repository',
  'https://g.example.com/a',
];

test('verify-options takes what must be said, and a stage of its own where none is', () => {
  deepEqual(readVerifyOptions([...needed, '--token-env', 'TOKEN']), {
    account: '1',
    region: 'eu-west-1',
    cluster: 'shop',
    repository: 'https://g.example.com/a',
    stage: 'verify',
    kubeconfig: undefined,
    tokenEnv: 'TOKEN',
    slackEnv: undefined,
  });
});

for (const name of ['account', 'region', 'cluster', 'repository']) {
  test(`verify-options asks for --${name}`, () => {
    const at = needed.indexOf(`--${name}`);
    throws(() => readVerifyOptions(needed.toSpliced(at, 2)), {
      code: 'config.bad_argument',
      message: `--${name} cannot be left out`,
    });
  });
}

test('verify-options refuses what it does not know', () => {
  throws(() => readVerifyOptions([...needed, '--acount', '2']), { code: 'config.bad_argument' });
});
