/** The recorded answers in test/golden/status are what a real API server says. UPDATE_GOLDEN=1 writes them anew. */
import { deepEqual, equal } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, isSuccess } from '../../../lib/adapters/kubernetes/answer.ts';
import { openDiscovery } from '../../../lib/adapters/kubernetes/discovery.ts';
import { kubeconfigAccess } from '../../../lib/adapters/kubernetes/kubeconfig-access.ts';
import { defaultLimits } from '../../../lib/adapters/kubernetes/limits.ts';
import { objectPath } from '../../../lib/adapters/kubernetes/object-path.ts';
import { openRequests, type Requests } from '../../../lib/adapters/kubernetes/request.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import type { ServedKind } from '../../../lib/ports/cluster.ts';
import { sharedControlPlane } from '../../support/control-plane.ts';
import { setting } from './refusal-setting.ts';
import { namespace, type Refusal, refusals } from './refusals.ts';

/** Registered before the control plane's own, which may end the API server. */
after(async () => {
  const admin = users.get(undefined);
  const holds = '/api/v1/namespaces/refusals-ending/configmaps/holds';
  const body = { type: 'application/merge-patch+json', content: { metadata: { finalizers: null } } };
  await admin?.ask({ method: 'PATCH', path: holds, body });
  await admin?.ask({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` });
  await Promise.all([...users.values()].map((requests) => requests.close()));
});

const plane = sharedControlPlane();
const golden = (name: string) => new URL(`../../golden/status/${name}.json`, import.meta.url);
const users = new Map<Refusal['as'], Requests>();
let kindOf: (object: KubernetesObject) => Promise<ServedKind | undefined>;

function requestsAs(kubeconfig: string): Requests {
  const access = kubeconfigAccess({ cluster: 'lab', path: kubeconfig });
  return openRequests({ cluster: 'lab', access, userAgent: 'trueup/test', limits: defaultLimits });
}

/** Without the adapter's translation: what was really said. */
async function say(
  object: KubernetesObject,
  { as, dryRun }: Pick<Refusal, 'as'> & { dryRun?: 'All' } = {},
): Promise<Answer> {
  const requests = users.get(as);
  const kind = await kindOf(object);
  if (requests === undefined || kind === undefined) throw new Error(`cannot ask for ${object.kind}`);
  const path = objectPath(kind, { namespace: object.metadata.namespace ?? '', name: object.metadata.name });
  return requests.ask({
    method: 'PATCH',
    path,
    query: { fieldManager: 'trueup', force: true, fieldValidation: 'Strict', dryRun },
    body: { type: 'application/apply-patch+yaml', content: object },
    again: false,
  });
}

/** Several problems come in any order: the maps they are found in have none in Go. */
function words(text: string): string[] {
  return text.split(/[^\w.-]+/).toSorted();
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  for (let tried = 0; tried < 100; tried += 1) {
    if (await reached()) return;
    await pause(100);
  }
  throw new Error('the cluster did not get ready');
}

let prepared: Promise<void> | undefined;

async function prepare(): Promise<void> {
  const admin = requestsAs(plane.kubeconfig);
  users.set(undefined, admin);
  const discovery = openDiscovery({ cluster: 'lab', requests: admin, limits: defaultLimits });
  kindOf = (object) => discovery.find(object);
  for (const object of setting) {
    const made = await say(object);
    equal(isSuccess(made), true, JSON.stringify(made.body));
  }
  users.set('restricted', requestsAs(await plane.serviceAccountKubeconfig({ namespace, name: 'restricted' })));
  await admin.ask({ method: 'DELETE', path: '/api/v1/namespaces/refusals-ending' });
  // Policies, webhooks, quotas and definitions take a moment to count.
  for (const { applies } of refusals.filter(({ name }) => /^(admission|quota|namespace-term)/.test(name))) {
    await until(async () => !isSuccess(await say(applies, { dryRun: 'All' })));
  }
  await until(
    async () =>
      (await kindOf({ apiVersion: 'lab.trueup.dev/v1', kind: 'Shop', metadata: { name: 'any' } })) !== undefined,
  );
}

for (const { name, after: standing, applies, as } of refusals) {
  test(`an API server answers ${name} as recorded`, async () => {
    prepared ??= prepare();
    await prepared;
    if (standing !== undefined) {
      const made = await say(standing);
      equal(isSuccess(made), true, JSON.stringify(made.body));
    }
    const { status, body } = await say(applies, { ...(as && { as }) });
    const answered = `${JSON.stringify({ status, body }, null, 2)}\n`;
    if (process.env.UPDATE_GOLDEN) await writeFile(golden(name), answered);
    deepEqual(words(answered), words(await readFile(golden(name), 'utf8')));
  });
}
