/** What is typed after `npm run deploy --` and `npm run remove --`. */
import { deepEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { readDeployOptions, readRemoveOptions } from '../../../infra/aws/deploy-options.ts';

test('deploy-options gives on only what was chosen, so that the rest stays as it was deployed', () => {
  const args = ['--stage', 'prod', '--alarm-topic', 'arn:aws:sns:eu-west-1:1:ops', '--tracing', 'true'];
  deepEqual(readDeployOptions(args), {
    stage: 'prod',
    config: 'trueup.yaml',
    region: undefined,
    parameters: { alarmTopicArn: 'arn:aws:sns:eu-west-1:1:ops', tracing: 'true' },
  });
});

test('deploy-options never deletes without being told so', () => {
  deepEqual(readRemoveOptions(['--stage', 'test', '--region', 'eu-west-1']), {
    stage: 'test',
    config: 'trueup.yaml',
    region: 'eu-west-1',
    yes: false,
  });
});

for (const { it, args } of [
  { it: 'no stage', args: [] },
  { it: 'a stage that names of AWS cannot hold', args: ['--stage', 'Prod_1'] },
  { it: 'an option that is not known', args: ['--stage', 'prod', '--fast'] },
  { it: 'a word too many', args: ['--stage', 'prod', 'now'] },
  { it: 'tracing that is neither true nor false', args: ['--stage', 'prod', '--tracing', 'yes'] },
]) {
  test(`deploy-options refuses ${it}`, () => throws(() => readDeployOptions(args), { code: 'config.bad_argument' }));
}
