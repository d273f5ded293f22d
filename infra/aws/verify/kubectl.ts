/** kubectl, as an administrator of the cluster under test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** `env`: of kubectl alone; it keeps what it discovered below `HOME`. Gives what it prints; throws what it says when it fails. */
export function createKubectl({
  path,
  flags,
  env,
}: {
  path: string;
  flags: readonly string[];
  env: NodeJS.ProcessEnv;
}) {
  return async (args: readonly string[], input?: string): Promise<string> => {
    const child = spawn(path, [...flags, ...args], { env });
    // It may be gone before it has read anything.
    child.stdin.on('error', () => {});
    const ended = once(child, 'exit');
    child.stdin.end(input);
    const [printed, said] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (child.exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: ${said}`);
    return printed;
  };
}
