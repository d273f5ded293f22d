/** Where kubeconfigs lie that come from elsewhere than a file: only we may read them, and they are removed in the end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type KubeconfigFolder = ReturnType<typeof kubeconfigFolder>;

export function kubeconfigFolder() {
  let made: Promise<string> | null = null;

  function folder(): Promise<string> {
    made ??= mkdtemp(join(tmpdir(), 'trueup-')).catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  }

  return {
    /** Gives its path. What the cluster had before is written over. */
    async write(cluster: string, text: string): Promise<string> {
      const path = join(await folder(), `${encodeURIComponent(cluster)}.kubeconfig`);
      await writeFile(path, text, { mode: 0o600 });
      return path;
    },
    async remove(): Promise<void> {
      if (made !== null) await rm(await made, { recursive: true, force: true });
    },
  };
}
