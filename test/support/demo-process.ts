/** `trueup demo` as a user starts it, away from a terminal. */
import { spawn } from 'node:child_process';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export type DemoProcess = {
  /** What it has printed so far. */
  output(): string;
  untilSaid(pattern: RegExp): Promise<void>;
  /** As Ctrl-C. */
  interrupt(): void;
  /** Its exit code. */
  ended: Promise<number | null>;
  /** Where it keeps everything; the path is in its output. */
  folder(): string;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Interrupted when the test ends before it. `slackUrl`: a Slack besides its own. */
export function startDemo(t: TestContext, args: readonly string[], { slackUrl = '' } = {}): DemoProcess {
  const env = { ...process.env, SLACK_WEBHOOK_URL: slackUrl };
  const child = spawn(process.execPath, ['cli/trueup.ts', 'demo', ...args], { cwd: root, env });
  let output = '';
  let isRunning = true;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      isRunning = false;
      resolve(code);
    });
  });
  t.after(async () => {
    if (isRunning) child.kill('SIGINT');
    await ended;
  });
  return {
    output: () => output,
    async untilSaid(pattern) {
      while (!pattern.test(output)) {
        if (!isRunning) throw new Error(`the demo ended before it said ${pattern}:\n${output}`);
        await sleep(50);
      }
    },
    interrupt: () => void child.kill('SIGINT'),
    ended,
    folder: () => /\S+trueup-demo-\w+/.exec(output)?.[0] ?? '',
  };
}
