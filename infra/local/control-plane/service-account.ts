/** Gets a token of a ServiceAccount, so that a test can be somebody RBAC restricts. */
import { z } from 'zod';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { apiRequest } from './api-request.ts';
import type { Access } from './kubeconfig.ts';

const tokenReview = z.object({ status: z.object({ token: z.string() }) });

/** Creates the account where it is missing. Fault cluster.failed. */
export async function serviceAccountToken(
  access: Access,
  { namespace, name }: { namespace: string; name: string },
): Promise<string> {
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await post(access, accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } });
  const body = await post(access, `${accounts}/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
  return tokenReview.parse(JSON.parse(body)).status.token;
}

async function post(access: Access, path: string, body: unknown): Promise<string> {
  const answer = await apiRequest(access, path, { method: 'POST', body });
  if (answer.status < 300 || answer.status === 409) return answer.body;
  throw new Fault('cluster.failed', { cluster: access.server, status: answer.status, because: answer.body });
}
