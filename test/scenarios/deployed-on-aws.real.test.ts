import { equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verifyStory } from '../../infra/aws/verify/verify-story.ts';
import { type Cloud, openCloud } from '../support/open-cloud.ts';

let cloud: Cloud;
before(async () => {
  cloud = await openCloud();
});
after(() => cloud?.stop());

test('deployed with one command: a push is applied, a hand edit undone by the schedule, people told, and nothing is left', async () => {
  const measured = await verifyStory(cloud.setting('story'));
  ok(measured.healMs < 120_000);
  const told = cloud.slack.payloads.map((payload) => JSON.stringify(payload)).join('\n');
  ok(told.includes('verify'), 'Slack heard of the Application');
  equal(/scaled|replicas/.test(told), true, 'and of the hand edit');
});
