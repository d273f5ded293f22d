/** Finds infra/local/modules, in a checkout as well as beside the bundle of an installed package. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../lib/core/fault/fault.ts';

export function modulesFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  const folder = join(from, 'infra', 'local', 'modules');
  if (existsSync(folder)) return folder;
  const parent = dirname(from);
  if (parent === from)
    throw new Fault('local.no_control_plane', { because: 'infra/local/modules is missing from this installation' });
  return modulesFolder(parent);
}
