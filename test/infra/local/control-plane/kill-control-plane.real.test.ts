/** However the process that started a control plane ends, nothing of it stays behind, unless it was told to. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startControlPlane } from '../../../../infra/local/control-plane/start-control-plane.ts';
import { stopLeftovers } from '../../../../infra/local/control-plane/stop-leftovers.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { alive, untilDead } from '../../../support/until-dead.ts';

const program = fileURLToPath(new URL('start-and-wait.ts', import.meta.url));

async function start(folder: string, ...args: string[]): Promise<{ child: ChildProcess; pids: number[] }> {
  const child = spawn(process.execPath, [program, folder, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return { child, pids: Object.values(JSON.parse(line)).map(Number) };
}

test('control-plane dies with its starter, even by kill -9', async (t) => {
  const { child, pids } = await start(tempFolder(t));
  equal(alive(pids).length, 5);
  child.kill('SIGKILL');
  await untilDead(pids);
});

test('control-plane dies with a starter that ends without stopping it', async (t) => {
  const { pids } = await start(tempFolder(t), 'end');
  await untilDead(pids);
});

test('control-plane runs on when it was told to, and the next start over its folder takes its place', async (t) => {
  const folder = tempFolder(t);
  const { child, pids } = await start(folder, 'leave-running');
  if (child.exitCode === null) await once(child, 'exit');
  await sleep(300);
  equal(alive(pids).length, 5);
  const next = await startControlPlane({ folder, pods: 'simulated' });
  deepEqual(alive(pids), []);
  ok(next.pids.etcd);
  await next.stop();
});

test('control-plane that was left running is stopped by its folder alone', async (t) => {
  const folder = tempFolder(t);
  const { child, pids } = await start(folder, 'leave-running');
  if (child.exitCode === null) await once(child, 'exit');
  await stopLeftovers(join(folder));
  deepEqual(alive(pids), []);
});
