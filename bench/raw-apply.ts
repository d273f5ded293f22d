/** The least any tool can do: rehearse and apply every object, 24 at a time over HTTP/2, with nothing decided and nothing kept. */
import { Pool } from 'undici';
import type { Access } from '../infra/local/control-plane/kubeconfig.ts';
import type { KubernetesObject } from '../lib/core/object/kubernetes-object.ts';

export const rawUserAgent = 'raw-apply';

const parallel = 24;

export async function rawApply(access: Access, namespace: string, objects: readonly KubernetesObject[]): Promise<void> {
  const pool = new Pool(access.server, { connections: 2, pipelining: 100, allowH2: true, connect: { ca: access.ca } });
  try {
    await forEach(objects, (object) => patch(object, '&dryRun=All'));
    await forEach(objects, (object) => patch(object, ''));
  } finally {
    await pool.close();
  }

  async function patch(object: KubernetesObject, query: string): Promise<void> {
    const collection = object.kind === 'Deployment' ? '/apis/apps/v1' : '/api/v1';
    const path = `${collection}/namespaces/${namespace}/${object.kind.toLowerCase()}s/${object.metadata.name}`;
    const { statusCode, body } = await pool.request({
      method: 'PATCH',
      path: `${path}?fieldManager=raw&force=true${query}`,
      headers: {
        authorization: `Bearer ${access.token}`,
        'user-agent': rawUserAgent,
        'content-type': 'application/apply-patch+yaml',
      },
      body: JSON.stringify(object),
    });
    const text = await body.text();
    if (statusCode >= 300) throw new Error(`raw apply of ${object.metadata.name}: ${statusCode} ${text}`);
  }
}

async function forEach<Item>(items: readonly Item[], task: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await task(item);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}
