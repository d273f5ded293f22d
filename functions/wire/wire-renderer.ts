/** The renderer; its tools are looked for when something is first rendered. */
import { createRenderer, type ProcessRenderer } from '../../lib/adapters/renderer/create-renderer.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { Renderer } from '../../lib/ports/renderer.ts';

/** Absolute paths of the programs. */
export type Tools = { kubectl: string; helm: string };

/** Fault of `render`: render.tool_missing. */
export function wireRenderer(
  findTools: () => Promise<Tools>,
  limits: Partial<Pick<Config['render'], 'timeoutMs' | 'maxOutputBytes'>>,
): Renderer {
  let found: Promise<ProcessRenderer> | null = null;
  return {
    async render(request) {
      found ??= findTools().then((tools) => createRenderer({ ...tools, limits }));
      // A tool that was missing may be there the next time.
      const renderer = await found.catch((error: unknown) => {
        found = null;
        throw error;
      });
      return renderer.render(request);
    },
  };
}
