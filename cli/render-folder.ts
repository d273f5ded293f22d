/** Renders a folder of this machine. Within a Git repository all of it is there to refer to, as in a sync. */
import { access } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { wireRenderer } from '../functions/wire/wire-renderer.ts';
import { findTools } from '../infra/local/tools.ts';
import { readFolder } from '../lib/adapters/files/read-folder.ts';
import type { Rendered } from '../lib/ports/renderer.ts';

export type RenderFolderOptions = { name: string; namespace: string; kubeVersion: string };

/** Faults render.*. */
export async function renderFolder(
  folder: string,
  { name, namespace, kubeVersion }: RenderFolderOptions,
): Promise<Rendered> {
  const wanted = resolve(folder);
  const root = (await repositoryOf(wanted)) ?? wanted;
  return wireRenderer(findTools, {}).render({
    files: await readFolder(root),
    source: { repoURL: `file://${root}`, targetRevision: 'HEAD', path: relative(root, wanted) || '.' },
    application: name,
    namespace,
    revision: 'the working tree',
    cluster: { kubeVersion, apiVersions: [] },
    everDeployed: false,
  });
}

/** The folder that holds `.git`, upwards; null when there is none. */
async function repositoryOf(folder: string): Promise<string | null> {
  const found = await access(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  if (found) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : repositoryOf(parent);
}
