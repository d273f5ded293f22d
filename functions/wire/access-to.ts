/** How each entry of clusters[] is reached: by a kubeconfig in a file or a secret, from within a pod, or through EKS. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfigAccess } from '../../lib/adapters/kubernetes/kubeconfig-access.ts';
import type { ClusterConfig } from '../../lib/core/config/config.ts';
import type { SecretReference } from '../../lib/core/config/secret-reference.ts';
import type { AccessSource } from '../../lib/ports/cluster-access.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { writeInClusterKubeconfig } from './in-cluster-kubeconfig.ts';
import { lazyAccess } from './lazy-access.ts';

export type AccessParts = {
  installation: string;
  secrets: Secrets;
  /** Gets the paths of files that are to be removed in the end. */
  temporary: string[];
};

export function accessTo(entry: ClusterConfig, { installation, secrets, temporary }: AccessParts): AccessSource {
  const { name, kubeconfig, context, inCluster, eks } = entry;
  const named = context === undefined ? {} : { context };
  const written = async (write: Promise<string>) => {
    const path = await write;
    temporary.push(path);
    return kubeconfigAccess({ cluster: name, path, ...named });
  };
  if (typeof kubeconfig === 'string') return kubeconfigAccess({ cluster: name, path: kubeconfig, ...named });
  if (kubeconfig !== undefined) {
    return lazyAccess(() => written(writeSecretKubeconfig(kubeconfig, secrets)), { reopen: true });
  }
  if (inCluster) return lazyAccess(() => written(writeInClusterKubeconfig(process.env)));
  if (eks === undefined) throw new TypeError(`nothing says how ${name} is reached`);
  return lazyAccess(async () => {
    // Loaded only where there is such a cluster: the AWS clients take a while.
    const { openEks } = await import('./open-eks.ts');
    return openEks(name, eks, installation);
  });
}

async function writeSecretKubeconfig(reference: SecretReference, secrets: Secrets): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'trueup-')), 'kubeconfig');
  await writeFile(path, await secrets.read(reference, { fresh: true }), { mode: 0o600 });
  return path;
}
