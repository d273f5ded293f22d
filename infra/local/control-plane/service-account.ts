/** Makes a kubeconfig that acts as a ServiceAccount, so that a test can be somebody RBAC restricts. */
import * as z from 'zod';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { apiRequest } from './api-request.ts';
import { type Access, userKubeconfig, writeKubeconfig } from './kubeconfig.ts';

const tokenRequest = z.object({ status: z.object({ token: z.string() }) });

/** Creates the account where it is missing; gives the path of the kubeconfig. Fault cluster.failed. */
export async function serviceAccountKubeconfig(
  folder: string,
  access: Access,
  { namespace, name }: { namespace: string; name: string },
): Promise<string> {
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await post(access, accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } });
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
  const { token } = tokenRequest.parse(JSON.parse(await post(access, `${accounts}/${name}/token`, request))).status;
  const path = userKubeconfig(folder, `serviceaccount.${namespace}.${name}`);
  await writeKubeconfig(path, { ...access, user: name, token });
  return path;
}

async function post(access: Access, path: string, body: unknown): Promise<string> {
  const answer = await apiRequest(access, path, { method: 'POST', body });
  if (answer.status < 300 || answer.status === 409) return answer.body;
  throw new Fault('cluster.failed', { cluster: access.server, status: answer.status, because: answer.body });
}
