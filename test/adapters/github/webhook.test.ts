import { equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { signPush } from '../../../lib/adapters/github/sign-push.ts';
import { githubWebhook } from '../../../lib/adapters/github/webhook.ts';
import type { Delivery } from '../../../lib/core/push/push.ts';
import { signBody } from '../../../lib/core/push/sign-body.ts';
import { webhookContract } from '../../contracts/webhook.contract.ts';

const zero = '0'.repeat(40);
const a = '6113728f27ae82c7b1a177c8d03f9e96e0adf246';
const b = '95790bf891e76fee5e1747ab589903a6a1f80f22';
const c = 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7';

function push(ref: string, before: string, after: string): Delivery {
  const repoURLs = [
    'https://github.com/octo-org/shop.git',
    'https://github.com/octo-org/shop',
    'git@github.com:octo-org/shop.git',
    'git://github.com/octo-org/shop.git',
  ];
  return { kind: 'push', pushes: [{ delivery: 'delivery-1', repoURLs, ref, before, after, pusher: 'müller' }] };
}

webhookContract({
  name: 'github',
  webhook: githubWebhook('github'),
  sign: signPush,
  proof: 'x-hub-signature-256',
  payloads: 'github',
  push: 'push',
  cases: [
    { it: 'reads a push', payload: 'push.json', event: 'push', gives: push('refs/heads/main', a, b) },
    { it: 'reads a first push', payload: 'first-push.json', event: 'push', gives: push('refs/heads/main', zero, a) },
    { it: 'reads a force push', payload: 'force-push.json', event: 'push', gives: push('refs/heads/feature/x', b, c) },
    {
      it: 'reads the end of a branch',
      payload: 'delete-branch.json',
      event: 'push',
      gives: push('refs/heads/feature/x', c, zero),
    },
    { it: 'reads a new tag', payload: 'tag.json', event: 'push', gives: push('refs/tags/v1.0.0', zero, a) },
    {
      it: 'reads the end of a tag',
      payload: 'delete-tag.json',
      event: 'push',
      gives: push('refs/tags/v1.0.0', a, zero),
    },
    { it: 'answers a ping', payload: 'ping.json', event: 'ping', gives: { kind: 'ping' } },
    {
      it: 'leaves other events alone',
      payload: 'issues.json',
      event: 'issues',
      gives: { kind: 'ignored', event: 'issues' },
    },
  ],
});

test('github webhook does not take the SHA-1 signature for one', async () => {
  const headers = { 'x-github-event': 'push', 'x-hub-signature': 'sha1=5f1a1cc2c5b1c4f3e4f7d8c2e2a6e6c4a1b2c3d4' };
  await rejects(githubWebhook('github').read({ headers, body: '{}' }, 's'), { code: 'push.unsigned' });
});

test('github webhook asks for the event header', async () => {
  const headers = { 'x-hub-signature-256': signBody('{}', 's') };
  await rejects(githubWebhook('github').read({ headers, body: '{}' }, 's'), { code: 'push.bad_payload' });
});

test('github signature is the one GitHub documents', () => {
  equal(
    signBody('Hello, World!', "It's a Secret to Everybody"),
    'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  );
});
