/** Chooses the files a tool gets to see, and gives it all of them when the choice was too narrow. */
import { Fault } from '../../core/fault/fault.ts';
import { isWithin } from '../../core/render/repository-path.ts';
import type { PlainFiles } from '../../core/render/resolve-links.ts';

/**
 * A tool that sees no more than `reads` cannot depend on more, so the record of what decided a render is true by
 * construction. Should it fail for want of a file that nobody foresaw, it is run once more with everything, and
 * `reads` says so.
 */
export async function withBundle<T>(
  files: PlainFiles,
  reads: readonly string[],
  render: (bundle: PlainFiles) => Promise<T>,
): Promise<{ result: T; reads: string[] }> {
  const bundle = new Map([...files].filter(([path]) => reads.some((read) => isWithin(path, read))));
  try {
    return { result: await render(bundle), reads: [...reads] };
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'render.failed' || bundle.size === files.size) throw error;
    return { result: await render(files), reads: ['.'] };
  }
}
