/** Starts one program that listens on a port of 127.0.0.1, in a folder of its own, and waits until it answers. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { freePorts } from '../free-ports.ts';
import { type Command, type ProcessGroup, processGroup } from '../process-group.ts';

export type Server = {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Gone when it is stopped. */
  readonly folder: string;
  readonly logFile: string;
  readonly pid: number;
  stop(): Promise<void>;
};

export type ServerOptions = {
  name: string;
  command(place: { port: number; folder: string }): Promise<Omit<Command, 'name'>>;
  isReady(endpoint: string): Promise<boolean>;
  readyWithinMs: number;
};

const portRaces = 3;
const pollMs = 50;

/** Faults: local.start_failed. Its log stays behind then. */
export async function startServer(options: ServerOptions): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const folder = await mkdtemp(join(tmpdir(), `trueup-${options.name}-`));
    const group = processGroup(folder);
    const stop = async () => {
      await group.stop(options.name, { graceMs: 2_000 });
      group.close();
    };
    try {
      const [port = 0] = await freePorts(1);
      const endpoint = `http://127.0.0.1:${port}`;
      group.start({ name: options.name, ...(await options.command({ port, folder })) });
      await untilReady(endpoint, group, options);
      return server(options.name, { endpoint, folder, group, stop });
    } catch (fault) {
      await stop();
      // Between choosing the port and listening on it somebody else may take it: then once more with another.
      const log = await readFile(group.logOf(options.name), 'utf8').catch(() => '');
      if (attempt === portRaces || !/address already in use|is already in use/i.test(log)) throw fault;
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function untilReady(endpoint: string, group: ProcessGroup, options: ServerOptions): Promise<void> {
  const giveUpMs = performance.now() + options.readyWithinMs;
  while (performance.now() < giveUpMs) {
    await group.check();
    if (await options.isReady(endpoint).catch(() => false)) return;
    await sleep(pollMs);
  }
  throw new Fault('local.start_failed', {
    program: options.name,
    log: group.logOf(options.name),
    because: `not ready after ${options.readyWithinMs / 1000} s`,
  });
}

function server(
  name: string,
  { endpoint, folder, group, stop }: { endpoint: string; folder: string; group: ProcessGroup; stop(): Promise<void> },
): Server {
  return {
    endpoint,
    folder,
    logFile: group.logOf(name),
    pid: group.pids[name] ?? 0,
    async stop() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
