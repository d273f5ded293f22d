/** What render must be able to do: run its programs. It has no permission to try. */
import type { Renderer } from '../../lib/ports/renderer.ts';
import { renders } from '../self-checks/render-checks.ts';
import type { SelfCheck } from '../self-test.ts';

/** `renderer`: with the programs of the layer, in this very function. */
export function renderSelfChecks(parts: { renderer: Renderer }): SelfCheck[] {
  return renders(parts);
}
