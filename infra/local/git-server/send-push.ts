/** Posts a push to a webhook, signed as GitHub signs. Once: GitHub does not repeat a delivery either. */
import { createHmac, randomUUID } from 'node:crypto';

export type PushHook = {
  url: string;
  secret: string;
  /** `org/app`; without it pushes to every repository go there. */
  repository?: string;
};
export type SentPush = { url: string; delivery: string; ref: string } & ({ status: number } | { error: string });

/** GitHub waits this long: https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks */
const timeoutMs = 10_000;

export async function sendPush({ url, secret }: PushHook, push: { ref: string }): Promise<SentPush> {
  const body = JSON.stringify(push);
  const delivery = randomUUID();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/trueup',
    'x-github-event': 'push',
    'x-github-delivery': delivery,
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return { url, delivery, ref: push.ref, status: response.status };
  } catch (error) {
    return { url, delivery, ref: push.ref, error: error instanceof Error ? error.message : String(error) };
  }
}
