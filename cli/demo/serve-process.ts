/** `trueup serve` as a process of its own, as in real life: it can be killed and started again. */
import { readFile } from 'node:fs/promises';
import { type ProcessGroup, processGroup } from '../../infra/local/process-group.ts';
import type { Command } from './run-program.ts';
import type { Until } from './until.ts';

export type ServeProcess = {
  readonly url: string;
  /** Text of the running or last process's log. */
  log(): Promise<string>;
  /** Ends when it answers. */
  start(): Promise<void>;
  /** As `kill -9`. */
  kill(): Promise<void>;
  /** As Ctrl-C. */
  stop(): Promise<void>;
};

const answersWithinMs = 60_000;
const stopsWithinMs = 10_000;

/** `folder` gets the logs. When this process dies, serve is killed too. */
export function createServeProcess(options: {
  trueup: Command;
  folder: string;
  config: string;
  port: number;
  until: Until;
}): ServeProcess {
  const { config, port, until } = options;
  const [path, ...before] = options.trueup;
  const url = `http://127.0.0.1:${port}`;
  const args = [...before, 'serve', '--config', config, '--address', '127.0.0.1', '--port', String(port)];
  const group: ProcessGroup = processGroup(options.folder);
  let starts = 0;
  // A log of its own for each start: the one before tells how the killed process ended.
  const name = () => `serve-${starts}`;
  return {
    url,
    log: async () => readFile(group.logOf(name()), 'utf8').catch(() => ''),
    async start() {
      starts += 1;
      group.start({ name: name(), path, args });
      const look = async () => {
        await group.check();
        return isUp(url);
      };
      await until('trueup serve answers', look, { withinMs: answersWithinMs });
    },
    kill: () => group.stop(name(), { graceMs: 0 }),
    async stop() {
      await group.stop(name(), { graceMs: stopsWithinMs });
      group.close();
    },
  };
}

async function isUp(url: string): Promise<true | null> {
  const answer = await fetch(`${url}/healthz`).catch(() => null);
  return answer?.ok === true ? true : null;
}
