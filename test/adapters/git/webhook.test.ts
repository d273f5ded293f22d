import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { gitWebhook } from '../../../lib/adapters/git/webhook.ts';
import { signPush as signAsGitea } from '../../../lib/adapters/gitea/sign-push.ts';
import { signPush } from '../../../lib/adapters/github/sign-push.ts';
import type { Delivery } from '../../../lib/core/push/push.ts';
import { signBody } from '../../../lib/core/push/sign-body.ts';
import { webhookContract } from '../../contracts/webhook.contract.ts';

const before = '6113728f27ae82c7b1a177c8d03f9e96e0adf246';
const after = '95790bf891e76fee5e1747ab589903a6a1f80f22';

function push(repoURLs: string[]): Delivery {
  return {
    kind: 'push',
    pushes: [{ delivery: 'delivery-1', repoURLs, ref: 'refs/heads/main', before, after, pusher: 'ann' }],
  };
}

const gitea = push([
  'https://gitea.example.com/org/shop.git',
  'https://gitea.example.com/org/shop',
  'git@gitea.example.com:org/shop.git',
]);

for (const [name, sign] of [
  ['git', signPush],
  ['git (signed as Gitea does)', signAsGitea],
] as const) {
  webhookContract({
    name,
    webhook: gitWebhook('git'),
    sign,
    proof: 'x-hub-signature-256',
    payloads: 'git',
    push: 'push',
    cases: [
      { it: 'reads a push', payload: 'push.json', event: 'push', gives: push(['http://127.0.0.1:3000/shop.git']) },
      { it: 'reads a push of Gitea', payload: 'gitea-push.json', event: 'push', gives: gitea },
      { it: 'answers a ping', payload: 'push.json', event: 'ping', gives: { kind: 'ping' } },
      {
        it: 'leaves other events alone',
        payload: 'push.json',
        event: 'issues',
        gives: { kind: 'ignored', event: 'issues' },
      },
    ],
  });
}

test('git webhook takes a delivery without event and delivery headers for a push, the same body for the same delivery', async () => {
  const body = JSON.stringify({ ref: 'refs/heads/main', before, after, repository: { html_url: 'https://x.io/a' } });
  const read = () => gitWebhook('git').read({ headers: { 'x-hub-signature-256': signBody(body, 's') }, body }, 's');
  const [first, second] = [await read(), await read()];
  equal(first.kind, 'push');
  deepEqual(first, second);
});
