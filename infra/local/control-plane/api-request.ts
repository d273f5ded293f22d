/** One request to the local API server, with the certificate of exactly that server. */
import { Agent, request } from 'undici';
import type { Access } from './kubeconfig.ts';

export type Answer = { status: number; body: string };

export async function apiRequest(
  access: Access,
  path: string,
  options: {
    method?: 'GET' | 'POST' | 'DELETE' | 'PATCH';
    body?: unknown;
    contentType?: string;
    timeoutMs?: number;
  } = {},
): Promise<Answer> {
  const agent = new Agent({ connect: { ca: access.ca } });
  try {
    const { statusCode, body } = await request(`${access.server}${path}`, {
      dispatcher: agent,
      method: options.method ?? 'GET',
      headers: {
        authorization: `Bearer ${access.token}`,
        ...(options.body !== undefined && { 'content-type': options.contentType ?? 'application/json' }),
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
    });
    return { status: statusCode, body: await body.text() };
  } finally {
    await agent.destroy();
  }
}
