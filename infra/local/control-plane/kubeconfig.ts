/** Writes the kubeconfig of one user of the control plane. JSON is YAML, and every client reads it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';

/** `ca` is PEM. */
export type Access = { server: string; ca: string; user: string; token: string };

export async function writeKubeconfig(path: string, { server, ca, user, token }: Access): Promise<void> {
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'trueup-local', cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: 'trueup-local', context: { cluster: 'trueup-local', user } }],
    'current-context': 'trueup-local',
  };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

const written = z.object({
  clusters: z.tuple([
    z.object({ cluster: z.object({ server: z.string(), 'certificate-authority-data': z.string() }) }),
  ]),
  users: z.tuple([z.object({ name: z.string(), user: z.object({ token: z.string() }) })]),
});

/** Reads back what `writeKubeconfig` wrote. */
export async function readKubeconfig(path: string): Promise<Access> {
  const { clusters, users } = written.parse(JSON.parse(await readFile(path, 'utf8')));
  const { server, 'certificate-authority-data': ca } = clusters[0].cluster;
  return { server, ca: Buffer.from(ca, 'base64').toString('utf8'), user: users[0].name, token: users[0].user.token };
}

/** Where the kubeconfig of a user lies, given the control plane's folder. */
export function userKubeconfig(folder: string, user: string): string {
  return join(folder, 'users', `${user.replaceAll(/[^\w.-]/g, '_')}.kubeconfig`);
}
