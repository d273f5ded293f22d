/** One program (kubectl or helm) with its limits: runs it over files of a repository, as locked away as this machine allows. */
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { Fault } from '../../core/fault/fault.ts';
import type { PlainFiles } from '../../core/render/resolve-links.ts';
import { findIsolation } from './find-isolation.ts';
import { confine, type Isolation, nobody } from './isolation.ts';
import { runTool, type ToolResult } from './run-tool.ts';
import { openWorkspace } from './workspace.ts';

/** `memoryBytes` bounds the address space of the program; Go needs about 1 GiB of it to start. */
export type ToolLimits = { timeoutMs: number; maxOutputBytes: number; memoryBytes: number };

/** `isolation`: use this one instead of the strongest that works here. `folder`: for its workspaces, instead of the system's temporary folder. */
export type ToolOptions = { limits: ToolLimits; isolation?: Isolation; folder?: string };

export type Tool = {
  /** `roots`: how the repository's root may show up in the tool's messages. */
  run(files: PlainFiles, args: readonly string[], path: string): Promise<ToolResult & { roots: string[] }>;
  isolation(): Promise<Isolation>;
};

/** `program`: absolute path of the binary. Faults: render.tool_missing, render.timed_out, render.too_large. */
export function createTool(name: string, program: string, options: ToolOptions): Tool {
  const { limits, folder } = options;
  const place = folder === undefined ? {} : { folder };
  let ready: Promise<{ binary: string; isolation: Isolation }> | undefined;
  const prepare = () => {
    ready ??= findTool(name, program, options).catch((error) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
  return {
    isolation: async () => (await prepare()).isolation,
    run: async (files, args, path) => {
      const { binary, isolation } = await prepare();
      const workspace = await openWorkspace({ isolation, program: binary, ...place });
      try {
        await workspace.write(files);
        const { root, seen, env } = workspace;
        const command = confine({ isolation, root, cwd: seen.source, program: workspace.program, args }, limits);
        const cwd = isolation === 'jail' ? root : seen.source;
        const user = isolation === 'user' ? { uid: nobody } : {};
        const result = await runTool({ command, cwd, env, ...user, ...limits, tool: name, path });
        return { ...result, roots: [seen.source, seen.root === '/' ? '/repository' : seen.root] };
      } finally {
        await workspace.remove();
      }
    },
  };
}

async function findTool(
  name: string,
  program: string,
  { limits, isolation, ...place }: ToolOptions,
): Promise<{ binary: string; isolation: Isolation }> {
  try {
    await access(program, constants.X_OK);
  } catch (error) {
    throw new Fault('render.tool_missing', { tool: name, because: `${program} cannot be run` }, { cause: error });
  }
  const binary = await realpath(program);
  return {
    binary,
    isolation: isolation ?? (await findIsolation(binary, { memoryBytes: limits.memoryBytes, ...place })),
  };
}
