/** How each entry of clusters[] is reached: by a kubeconfig in a file or a secret, from within a pod, or through EKS. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfigAccess } from '../../lib/adapters/kubernetes/kubeconfig-access.ts';
import type { ClusterConfig } from '../../lib/core/config/config.ts';
import type { SecretReference } from '../../lib/core/config/secret-reference.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { AccessSource } from '../../lib/ports/cluster-access.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { writeInClusterKubeconfig } from './in-cluster-kubeconfig.ts';

export type AccessParts = {
  installation: string;
  secrets: Secrets;
  /** Gets the paths of files that are to be removed in the end. */
  temporary: string[];
};

export function accessTo(entry: ClusterConfig, parts: AccessParts): AccessSource {
  const { name, kubeconfig, context, inCluster } = entry;
  const named = context === undefined ? {} : { context };
  if (typeof kubeconfig === 'string') return kubeconfigAccess({ cluster: name, path: kubeconfig, ...named });
  if (inCluster) return byWrittenFile(name, named, parts.temporary, () => writeInClusterKubeconfig(process.env));
  if (kubeconfig !== undefined) {
    return byWrittenFile(name, named, parts.temporary, () => writeSecretKubeconfig(kubeconfig, parts.secrets));
  }
  throw new Fault('config.cluster_unsupported', { cluster: name, way: 'eks' });
}

/** The file is written when the cluster is first asked for, and again when the API server refused what is in it. */
function byWrittenFile(
  cluster: string,
  named: { context?: string },
  temporary: string[],
  write: () => Promise<string>,
): AccessSource {
  let source: Promise<AccessSource> | null = null;
  let known: AccessSource | null = null;
  const open = async () => {
    const path = await write();
    temporary.push(path);
    known = kubeconfigAccess({ cluster, path, ...named });
    return known;
  };
  return {
    async current() {
      source ??= open().catch((error: unknown) => {
        source = null;
        throw error;
      });
      return (await source).current();
    },
    renew(refused) {
      known?.renew(refused);
      source = null;
    },
  };
}

async function writeSecretKubeconfig(reference: SecretReference, secrets: Secrets): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'trueup-')), 'kubeconfig');
  await writeFile(path, await secrets.read(reference, { fresh: true }), { mode: 0o600 });
  return path;
}
