/** The log of a process: for people on a terminal, JSON lines otherwise. Always on stderr; stdout is for results. */
import { jsonLog } from '../lib/adapters/log/json-log.ts';
import { prettyLog } from '../lib/adapters/log/pretty-log.ts';
import type { Log } from '../lib/ports/log.ts';

export function openLog({ level }: { level: 'info' | 'warn' }): Log {
  const write = (line: string): void => void process.stderr.write(line);
  const log = process.stderr.isTTY ? prettyLog(write, Date.now) : jsonLog(write, Date.now);
  return level === 'info' ? log : { ...log, info: () => {} };
}
