/** Functions on the local AWS run on our Node and end with it, however it ends. */
import { deepEqual, equal } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import type { ClientConfig } from '../../../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../../../infra/local/aws/start-local-aws.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { alive, untilDead } from '../../../support/until-dead.ts';
import { createRole } from './create-role.ts';

const answer = `export const handler = async (event) => ({ event, node: process.versions.node, pid: process.pid, env: process.env })`;

test('local-aws runs a function on our Node without our environment, and stops it with everything else', async () => {
  process.env.TRUEUP_TEST_SECRET = 'of ours';
  const own = await startLocalAws();
  delete process.env.TRUEUP_TEST_SECRET;
  const { event, node, pid, env } = await invokeFunction(own.clientConfig);
  deepEqual([event, node, env.TRUEUP_TEST_SECRET], [{ n: 1 }, process.versions.node, undefined]);
  deepEqual(alive([own.pid, pid]), [own.pid, pid]);
  await own.stop();
  await untilDead([own.pid, pid]);
  equal(existsSync(own.logFile), false);
});

test('local-aws dies with its starter, and its functions too, even by kill -9', async (t) => {
  const program = fileURLToPath(new URL('start-and-wait.ts', import.meta.url));
  const child = spawn(process.execPath, [program], {
    // Nobody is left to remove its folder.
    env: { ...process.env, TMPDIR: tempFolder(t) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const { pid, clientConfig } = JSON.parse(line);
  const { pid: ofFunction } = await invokeFunction(clientConfig);
  equal(alive([pid, ofFunction]).length, 2);
  child.kill('SIGKILL');
  await untilDead([pid, ofFunction]);
});

async function invokeFunction(clientConfig: ClientConfig) {
  const Role = await createRole(clientConfig, 'lambda');
  const lambda = new LambdaClient(clientConfig);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'answer',
      Runtime: 'nodejs24.x',
      Handler: 'app.handler',
      Role,
      Code: { ZipFile: zipSync({ 'app.mjs': strToU8(answer) }) },
    }),
  );
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'answer', Payload: '{"n":1}' }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}
