/** Reads a kubeconfig as kubectl does: the chosen context, its cluster and its user. */
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { load } from 'js-yaml';
import * as z from 'zod';

const clusterSchema = z.looseObject({ server: z.url({ protocol: /^https?$/ }) });
const execSchema = z.looseObject({
  apiVersion: z.string().default('client.authentication.k8s.io/v1'),
  command: z.string(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  provideClusterInfo: z.boolean().optional(),
});
const userSchema = z.looseObject({
  tokenFile: z.string().optional(),
  'as-groups': z.array(z.string()).optional(),
  exec: execSchema.nullish(),
});
const kubeconfigSchema = z.object({
  'current-context': z.string().optional(),
  contexts: z.array(
    z.object({ name: z.string(), context: z.looseObject({ cluster: z.string(), user: z.string().optional() }) }),
  ),
  clusters: z.array(z.object({ name: z.string(), cluster: clusterSchema })),
  users: z.array(z.object({ name: z.string(), user: userSchema.nullish() })).nullish(),
});

export type Kubeconfig = {
  /** What client-node makes of it: certificates and tokens, exec plugins, OIDC. */
  config: KubeConfig;
  server: string;
  proxy?: string;
  /** The exec plugin's command. */
  exec?: string;
  /** Tokens that are written anew while we run (projected service account tokens). */
  tokenFile?: string;
  groups: string[];
};

/** Throws an Error with a sentence for people where the file cannot be used. */
export async function readKubeconfig(path: string, wanted: string | undefined): Promise<Kubeconfig> {
  const file = kubeconfigSchema.safeParse(load(await readFile(path, 'utf8')));
  if (!file.success) throw new Error(z.prettifyError(file.error).replaceAll('\n', ' '));
  const name = wanted ?? file.data['current-context'] ?? '';
  const { context } = named(file.data.contexts, 'context', name);
  const { cluster } = named(file.data.clusters, 'cluster', context.cluster);
  const user = context.user ? (named(file.data.users ?? [], 'user', context.user).user ?? {}) : {};
  const folder = dirname(path);

  // Loaded lazily, and not from the index: that would load a class for every kind of Kubernetes (1.3 s).
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const config = new KubeConfig();
  config.loadFromString(JSON.stringify(asClientNodeNeedsIt(name, { context, cluster, user, folder })));
  config.makePathsAbsolute(folder);
  const proxy = config.getCurrentCluster()?.proxyUrl;
  return {
    config,
    server: cluster.server,
    groups: user['as-groups'] ?? [],
    ...(proxy && { proxy }),
    ...(user.exec && { exec: user.exec.command }),
    ...(user.tokenFile && { tokenFile: absolute(folder, user.tokenFile) }),
  };
}

function named<Entry extends { name: string }>(entries: Entry[], what: string, name: string): Entry {
  const found = entries.find((entry) => entry.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `it has no ${what} named "${name}", only: ${entries.map((entry) => entry.name).join(', ') || 'none'}`,
  );
}

type Chosen = {
  context: z.infer<typeof kubeconfigSchema>['contexts'][number]['context'];
  cluster: z.infer<typeof clusterSchema>;
  user: z.infer<typeof userSchema>;
  folder: string;
};

/**
 * Where client-node 2.0 differs from kubectl: it forgets the CA when there is no user, refuses plain http
 * (`kubectl proxy`), runs exec plugins without KUBERNETES_EXEC_INFO (gke-gcloud-auth-plugin then ends with an error)
 * and looks for relative plugin commands in the working directory.
 */
function asClientNodeNeedsIt(name: string, { context, cluster, user, folder }: Chosen) {
  const plain = cluster.server.startsWith('http:') ? { 'insecure-skip-tls-verify': true } : {};
  const exec = user.exec && {
    ...user.exec,
    command: user.exec.command.includes('/') ? absolute(folder, user.exec.command) : user.exec.command,
    env: [...(user.exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: execInfo(user.exec, cluster) }],
  };
  return {
    'current-context': name,
    contexts: [{ name, context: { ...context, cluster: 'cluster', user: 'user' } }],
    clusters: [{ name: 'cluster', cluster: { ...cluster, ...plain } }],
    users: [{ name: 'user', user: { ...user, ...(exec && { exec }) } }],
  };
}

function execInfo(exec: z.infer<typeof execSchema>, cluster: z.infer<typeof clusterSchema>): string {
  const spec = { interactive: false, ...(exec.provideClusterInfo && { cluster }) };
  return JSON.stringify({ apiVersion: exec.apiVersion, kind: 'ExecCredential', spec });
}

function absolute(folder: string, file: string): string {
  return isAbsolute(file) ? file : join(folder, file);
}
