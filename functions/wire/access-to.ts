/** How each entry of clusters[] is reached: by a kubeconfig in a file or a secret, from within a pod, or through EKS. */
import { findOutsideReferences } from '../../lib/adapters/kubernetes/find-outside-references.ts';
import { kubeconfigAccess } from '../../lib/adapters/kubernetes/kubeconfig-access.ts';
import type { ClusterConfig } from '../../lib/core/config/config.ts';
import { formatReference, type SecretReference } from '../../lib/core/config/secret-reference.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { AccessSource } from '../../lib/ports/cluster-access.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { inClusterKubeconfig } from './in-cluster-kubeconfig.ts';
import type { KubeconfigFolder } from './kubeconfig-folder.ts';
import { lazyAccess } from './lazy-access.ts';

export type AccessParts = { installation: string; secrets: Secrets; folder: KubeconfigFolder };

export function accessTo(entry: ClusterConfig, { installation, secrets, folder }: AccessParts): AccessSource {
  const { name, kubeconfig, context, inCluster, eks } = entry;
  const named = context === undefined ? {} : { context };
  const written = async (text: string) =>
    kubeconfigAccess({ cluster: name, path: await folder.write(name, text), ...named });
  if (typeof kubeconfig === 'string') return kubeconfigAccess({ cluster: name, path: kubeconfig, ...named });
  if (kubeconfig !== undefined) {
    return lazyAccess(async () => written(await readKubeconfig(name, kubeconfig, secrets)), { reopen: true });
  }
  if (inCluster) return lazyAccess(() => written(inClusterKubeconfig(process.env)));
  if (eks === undefined) throw new TypeError(`nothing says how ${name} is reached`);
  return lazyAccess(async () => {
    // Loaded only where there is such a cluster: the AWS clients take a while.
    const { openEks } = await import('./open-eks.ts');
    return openEks(name, eks, installation);
  });
}

/** Who may write a secret shall not thereby run programs, or read files, with our rights. Fault cluster.kubeconfig_invalid. */
async function readKubeconfig(cluster: string, reference: SecretReference, secrets: Secrets): Promise<string> {
  const text = await secrets.read(reference, { fresh: true });
  const outside = findOutsideReferences(text);
  if (outside.length === 0) return text;
  const because = `in a secret it may name no program and no file, and it has ${outside.join(', ')}`;
  const advice = 'Write certificates into it (`kubectl config view --raw --flatten`), and a token of a ServiceAccount.';
  throw new Fault('cluster.kubeconfig_invalid', { cluster, path: formatReference(reference), because, advice });
}
