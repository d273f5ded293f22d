/** The renderer, with the tools of this machine. */
import { createRenderer } from '../../lib/adapters/render/renderer.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { Renderer } from '../../lib/ports/renderer.ts';
import { findTools } from '../../infra/local/tools.ts';

export function wireRenderer({ render }: Pick<Config, 'render'>): Renderer {
  return createRenderer();
}
