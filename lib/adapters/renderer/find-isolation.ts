/** Finds out, by trying, how far a rendering program can be locked away on this machine. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { confine, type Isolation, isRoot, unshare } from './isolation.ts';
import { runTool } from './run-tool.ts';
import { openWorkspace } from './workspace.ts';

const probeTimeoutMs = 15_000;

/** The strongest that works here for this program, found by trying it. */
export async function findIsolation(program: string, options: ProbeOptions): Promise<Isolation> {
  if (process.platform === 'linux' && (await isExecutable(unshare)) && (await worksInJail(program, options))) {
    return 'jail';
  }
  return isRoot() ? 'user' : 'none';
}

/** `folder`: of the workspace it is tried in. */
type ProbeOptions = { memoryBytes: number; folder?: string };

async function worksInJail(program: string, { memoryBytes, ...place }: ProbeOptions): Promise<boolean> {
  const workspace = await openWorkspace({ isolation: 'jail', program, ...place });
  try {
    const command = confine(
      { isolation: 'jail', root: workspace.root, cwd: '/', program: workspace.program, args: ['version', '--help'] },
      { memoryBytes, timeoutMs: probeTimeoutMs },
    );
    const limits = { timeoutMs: probeTimeoutMs, maxOutputBytes: 1024 * 1024 };
    const result = await runTool({ command, cwd: workspace.root, env: {}, tool: program, path: '.', ...limits });
    return result.exitCode === 0;
  } finally {
    await workspace.remove();
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
