/** Hands webhook a push to a repository that one Application reads. */
import { createHmac, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { httpEvent } from '../../functions/lambda-events.ts';
import type { Refusal } from './attempt.ts';
import { invoke } from './invoke.ts';
import { type Installation, otherRepository } from './open-installation.ts';
import { readRefusals } from './read-refusals.ts';

const answered = z.object({ statusCode: z.number() });

export async function takePush(installation: Installation): Promise<Refusal[]> {
  const startedAt = Date.now();
  const repository = { full_name: 'team/other', clone_url: otherRepository, html_url: otherRepository };
  const body = JSON.stringify({ ref: 'refs/heads/main', before: '0'.repeat(40), after: '1'.repeat(40), repository });
  const headers = {
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', 'of git').update(body).digest('hex')}`,
  };
  const event = httpEvent({ routeKey: 'POST /hooks/{gitHost}', path: '/hooks/git', gitHost: 'git', headers, body });
  const { statusCode } = answered.parse((await invoke(installation, 'webhook', event)).answer);
  return statusCode === 202 ? [] : readRefusals(installation, 'webhook', startedAt);
}
