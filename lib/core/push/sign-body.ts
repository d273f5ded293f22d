/** The signature GitHub, Gitea and our own pushes carry in `X-Hub-Signature-256`: HMAC-SHA256 of the body. */
import { createHmac } from 'node:crypto';

export function signBody(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
