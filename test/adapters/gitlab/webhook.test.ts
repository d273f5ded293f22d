import { equal, notEqual, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { signPush } from '../../../lib/adapters/gitlab/sign-push.ts';
import { gitlabWebhook } from '../../../lib/adapters/gitlab/webhook.ts';
import type { Delivery } from '../../../lib/core/push/push.ts';
import { webhookContract } from '../../contracts/webhook.contract.ts';

const zero = '0'.repeat(40);
const a = '6113728f27ae82c7b1a177c8d03f9e96e0adf246';
const b = '95790bf891e76fee5e1747ab589903a6a1f80f22';
const c = 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7';

function pushes(...changes: [ref: string, before: string, after: string][]): Delivery {
  const repoURLs = [
    'https://gitlab.example.com/group/shop.git',
    'https://gitlab.example.com/group/shop',
    'git@gitlab.example.com:group/shop.git',
  ];
  const pusher = 'jmueller';
  const delivery = 'delivery-1';
  return {
    kind: 'push',
    pushes: changes.map(([ref, before, after]) => ({ delivery, repoURLs, ref, before, after, pusher })),
  };
}

const update = pushes(['refs/heads/main', a, b], ['refs/tags/v1.1.0', zero, b], ['refs/heads/feature/x', c, zero]);
const byName = update.kind === 'push' ? update.pushes.map((push) => ({ ...push, pusher: 'Jörg Müller' })) : [];

webhookContract({
  name: 'gitlab',
  webhook: gitlabWebhook('gitlab'),
  sign: signPush,
  proof: 'x-gitlab-token',
  payloads: 'gitlab',
  push: 'push',
  cases: [
    { it: 'reads a push', payload: 'push.json', event: 'push', gives: pushes(['refs/heads/main', a, b]) },
    {
      it: 'reads a first push',
      payload: 'first-push.json',
      event: 'push',
      gives: pushes(['refs/heads/main', zero, a]),
    },
    {
      it: 'reads a force push',
      payload: 'force-push.json',
      event: 'push',
      gives: pushes(['refs/heads/feature/x', b, c]),
    },
    {
      it: 'reads the end of a branch',
      payload: 'delete-branch.json',
      event: 'push',
      gives: pushes(['refs/heads/feature/x', c, zero]),
    },
    { it: 'reads a new tag', payload: 'tag.json', event: 'tag_push', gives: pushes(['refs/tags/v1.0.0', zero, a]) },
    {
      it: 'reads the end of a tag',
      payload: 'delete-tag.json',
      event: 'tag_push',
      gives: pushes(['refs/tags/v1.0.0', a, zero]),
    },
    {
      it: 'reads a push of a system hook',
      payload: 'system-push.json',
      event: 'system',
      gives: pushes(['refs/heads/main', a, b]),
    },
    {
      it: 'reads a tag of a system hook',
      payload: 'system-tag.json',
      event: 'system',
      gives: pushes(['refs/tags/v1.0.0', zero, a]),
    },
    {
      it: 'reads every ref of a push of many',
      payload: 'system-repository-update.json',
      event: 'system',
      gives: { kind: 'push', pushes: byName },
    },
    {
      it: 'leaves other system events alone',
      payload: 'system-project-create.json',
      event: 'system',
      gives: { kind: 'ignored', event: 'project_create' },
    },
    {
      it: 'leaves other events alone',
      payload: 'merge-request.json',
      event: 'Merge Request Hook',
      gives: { kind: 'ignored', event: 'Merge Request Hook' },
    },
  ],
});

test('gitlab webhook asks for the event header', async () => {
  const request = { headers: { 'x-gitlab-token': 's' }, body: '{}' };
  await rejects(gitlabWebhook('gitlab').read(request, 's'), { code: 'push.bad_payload' });
});

test('gitlab webhook refuses an update without changes', async () => {
  const body = JSON.stringify({ event_name: 'repository_update', project: { web_url: 'https://x.io/a' }, changes: [] });
  const request = { headers: { 'x-gitlab-token': 's', 'x-gitlab-event': 'System Hook' }, body };
  await rejects(gitlabWebhook('gitlab').read(request, 's'), { code: 'push.bad_payload' });
});

test('gitlab webhook does not take hooks that caused each other for one delivery', async () => {
  const read = async (after: string) => {
    const body = JSON.stringify({ ref: 'refs/heads/main', before: a, after, project: { web_url: 'https://x.io/a' } });
    const headers = { 'x-gitlab-token': 's', 'x-gitlab-event': 'Push Hook', 'x-gitlab-event-uuid': 'same' };
    const delivery = await gitlabWebhook('gitlab').read({ headers, body }, 's');
    return delivery.kind === 'push' ? delivery.pushes[0]?.delivery : '';
  };
  notEqual(await read(b), await read(c));
  equal(await read(b), await read(b));
});
