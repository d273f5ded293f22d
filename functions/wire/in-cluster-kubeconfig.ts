/** A kubeconfig for the cluster we run in, from what Kubernetes mounts into every pod. The token itself stays where it is renewed. */
import { join } from 'node:path';
import { Fault } from '../../lib/core/fault/fault.ts';

const mounted = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Fault cluster.kubeconfig_invalid outside a pod. */
export function inClusterKubeconfig(env: Readonly<Record<string, string | undefined>>): string {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (host === undefined || port === undefined) {
    throw new Fault('cluster.kubeconfig_invalid', {
      path: mounted,
      cluster: 'inCluster',
      because: 'this is not a pod',
    });
  }
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const named = { name: 'in-cluster' };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': named.name,
    clusters: [{ ...named, cluster: { server, 'certificate-authority': join(mounted, 'ca.crt') } }],
    users: [{ ...named, user: { tokenFile: join(mounted, 'token') } }],
    contexts: [{ ...named, context: { cluster: named.name, user: named.name } }],
  });
}
