/** AWS's own emulator accepts our runtime client, so a function meets the same behaviour here as there. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findLambdaEmulator } from '../../../../infra/local/aws/find-lambda-emulator.ts';
import { freePorts } from '../../../../infra/local/free-ports.ts';
import { processGroup } from '../../../../infra/local/process-group.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const client = fileURLToPath(new URL('../../../../infra/local/aws/runtime-client.mjs', import.meta.url));
const bundle = `
export async function handler(event, context) {
  if (event.do === 'throw') throw new RangeError('too much');
  if (event.do === 'hang') return new Promise(() => setInterval(() => {}, 1000));
  return { event, enough: context.getRemainingTimeInMillis() > 1000, name: context.functionName };
}
`;

async function startEmulator(t: TestContext) {
  let stop = async () => {};
  t.after(() => stop());
  const folder = tempFolder(t);
  writeFileSync(join(folder, 'app.mjs'), bundle);
  const path = await findLambdaEmulator();
  const [front = 0, api = 0] = await freePorts(2);
  const addresses = [
    '--runtime-interface-emulator-address',
    `127.0.0.1:${front}`,
    '--runtime-api-address',
    `127.0.0.1:${api}`,
  ];
  const group = processGroup(folder);
  group.start({
    name: 'emulator',
    path,
    args: [...addresses, process.execPath, client, 'app.handler'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_LAMBDA_FUNCTION_TIMEOUT: '2',
      AWS_LAMBDA_FUNCTION_NAME: 'answer',
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: 'app.handler',
    },
  });
  stop = async () => {
    await group.stop('emulator', { graceMs: 0 });
    group.close();
  };
  const url = `http://127.0.0.1:${front}/2015-03-31/functions/function/invocations`;
  const send = (event: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(event) });
  return async (event: unknown): Promise<string> => {
    for (let tries = 0; ; tries++) {
      // It says nothing when it begins to listen.
      const response = await send(event).catch(() => null);
      if (response !== null) return response.text();
      if (tries === 100) throw new Error('the emulator does not listen');
      await group.check();
      await sleep(50);
    }
  };
}

test('lambda-emulator runs a function through our runtime client', async (t) => {
  const invoke = await startEmulator(t);
  deepEqual(JSON.parse(await invoke({ n: 1 })), { event: { n: 1 }, enough: true, name: 'answer' });
  const { errorType, errorMessage } = JSON.parse(await invoke({ do: 'throw' }));
  deepEqual([errorType, errorMessage], ['RangeError', 'too much']);
  match(await invoke({ do: 'hang' }), /Task timed out after 2\.00 seconds/);
  equal(JSON.parse(await invoke({ n: 2 })).event.n, 2);
});
