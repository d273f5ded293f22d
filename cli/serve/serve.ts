/** `trueup serve`: the doors, the worker, the watches and the clock, in one process. */

import type { Config } from '../../lib/core/config/config.ts';
import { Fault, mayRetry } from '../../lib/core/fault/fault.ts';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import { sendNotices } from '../../lib/flow/send-notices.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { tick } from '../../lib/flow/tick.ts';
import { watchCluster } from '../../lib/flow/watch-cluster.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { House } from '../wire/wire.ts';
import { createHttp } from './http.ts';
import { listen } from './listen.ts';
import { countEvents, createMetrics } from './metrics.ts';
import { repeat } from './repeat.ts';
import { fingerprintFolder } from './watch-folder.ts';
import { createWorker } from './worker.ts';

export type Serving = {
  /** `http://127.0.0.1:8080` */
  url: string;
  /** Takes nothing more, finishes the step under way, releases what is held. */
  stop(): Promise<void>;
};

const lookAtFleetMs = 2000;
const watchAgainMs = 2000;

/** Fault config.port_taken. */
export async function startServe(
  { ports: wired, inbox, apiTokens }: House,
  config: Config,
  { address, port }: { address: string; port: number },
): Promise<Serving> {
  const metrics = createMetrics({ applications: wired.applications, inbox });
  const ports: Ports = { ...wired, events: countEvents(wired.events, metrics) };
  const { log, now } = ports;
  const worker = createWorker({
    inbox,
    handle: (message) => handleMessage(message, ports),
    handled: metrics.message,
    log,
    now,
  });
  const http = createHttp({ ports, metrics, tokens: await apiTokens(), queued: worker.nudge });
  const listening = await listen(http, { address, port });
  await catchUp(ports).catch(async (error: unknown) => {
    if (error instanceof Fault && mayRetry(error)) return log.error('fleet.failed', {}, error);
    await listening.close();
    throw error;
  });
  worker.start();
  const everyMs = config.drift.sweepSeconds * 1000;
  const loops = [
    repeat('tick', everyMs, () => tick(ports), { log, startAfterMs: 0 }),
    repeat('notices', everyMs, async () => void (await sendNotices(ports)), { log, startAfterMs: 0 }),
    ...watchFleet(config, ports),
    ...ports.clusterNames.map((name) =>
      repeat('watch', watchAgainMs, (signal) => watchCluster(name, ports, signal), { log, startAfterMs: 0 }),
    ),
  ];
  return {
    url: listening.url,
    async stop() {
      await listening.close();
      await Promise.all([...loops.map((loop) => loop.stop()), worker.stop()]);
    },
  };
}

/** Whatever came while nothing ran is found: every Application and cluster is looked at, and the fleet is read. */
async function catchUp(ports: Ports): Promise<void> {
  for (const { application } of await ports.applications.list()) {
    await ports.wakes.wake(application.name, ports.now());
    await ports.queue.send({ about: 'application', name: application.name, why: 'start' });
  }
  for (const name of ports.clusterNames) await ports.queue.send({ about: 'cluster', name, why: 'start' });
  const read = await syncFleet(ports);
  if (read === null) await ports.queue.send({ about: 'fleet', why: 'start' });
  for (const fault of read?.faults ?? []) ports.log.warn('fleet.fault', { code: fault.code, message: fault.message });
}

/** A fleet in a repository is looked at by the tick's head check. */
function watchFleet({ fleet }: Config, ports: Ports) {
  const { path, repoURL } = fleet;
  if (path === undefined || repoURL !== undefined) return [];
  let before: string | null = null;
  const look = async (): Promise<void> => {
    const found = await fingerprintFolder(path);
    if (before !== null && found !== before) await ports.queue.send({ about: 'fleet', why: 'its folder changed' });
    before = found;
  };
  return [repeat('fleet', lookAtFleetMs, look, { log: ports.log, startAfterMs: 0 })];
}
