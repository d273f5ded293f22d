/** What a deployed installation with 20 Applications in one cluster does in a minute without anything, for a push, for a hand edit. */
import { until } from '../../infra/aws/verify/until.ts';
import type { VerifySetting } from '../../infra/aws/verify/verify-setting.ts';
import { type Measured as Story, verifyStory } from '../../infra/aws/verify/verify-story.ts';
import { findTools } from '../../infra/local/tools.ts';
import { type Cloud, openCloud } from '../../test/support/open-cloud.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { manyApplications, sourcesOf } from './many-applications.ts';
import { openSite, type Site } from './site.ts';
import { watchImage } from './watch-image.ts';
import { type Happening, type Work, without, workOf } from './work.ts';

export type Measured = {
  applications: number;
  /** That the clock asks about. */
  repositories: number;
  /** Without anything happening, of the whole installation. */
  minute: Work;
  /** Of one Application, until it is healthy again. */
  push: Work;
  /** Of one object. */
  heal: Work;
  /** From the webhook to the first object applied, each push. */
  appliedMs: number[];
  /** Of CloudWatch, beside those that AWS counts by itself. */
  metrics: { idle: number; busy: number };
  story: Story;
};

const applications = 20;
const idleMinutes = 3;
const pushedApplication = 'app-2';

export async function measureDeployed(pushes: number): Promise<Measured> {
  const proxy = await startCountingProxy();
  // Functions find the local AWS where their environment says.
  const cloud = await openCloud({ env: { AWS_ENDPOINT_URL: proxy.url } });
  try {
    proxy.forwardTo(cloud.aws.endpoint);
    const setting = cloud.setting('bench');
    const found: Omit<Measured, 'story'>[] = [];
    const story = await verifyStory(setting, async ({ namespace }) => {
      found.push(await measure({ cloud, setting, proxy, namespace, pushes }));
    });
    const [measured] = found;
    if (measured === undefined) throw new Error('the story ended before anything was measured');
    return { ...measured, story };
  } finally {
    await cloud.stop();
    await proxy.stop();
  }
}

type Place = { cloud: Cloud; setting: VerifySetting; proxy: CountingProxy; namespace: string; pushes: number };

async function measure({ cloud, setting, proxy, namespace, pushes }: Place): Promise<Omit<Measured, 'story'>> {
  const site = await openSite(cloud, setting, proxy);
  const pushedTo = await register(site, { cloud, setting, namespace });
  const { minute, metrics: idle } = await measureMinute(site);
  setting.say('counted what a minute without anything takes');
  const pushed = await measurePushes(site, { cloud, namespace, pushes, repository: pushedTo });
  setting.say(`measured ${pushes} pushes`);
  const heal = await measureHeal(site, { setting, namespace, minute });
  return {
    applications,
    repositories: 3,
    minute,
    push: pushed.work,
    heal,
    appliedMs: pushed.appliedMs,
    metrics: { idle: idle.size, busy: new Set([...idle, ...pushed.metrics]).size },
  };
}

type Cluster = Pick<Place, 'cloud' | 'setting' | 'namespace'>;

/** One more Application in a repository that nobody else reads, where the pushes go, and all others in a third. */
async function register(site: Site, { cloud, setting, namespace }: Cluster): Promise<VerifySetting['repository']> {
  const others = Array.from({ length: applications - 2 }, (_, at) => `app-${at + 3}`);
  const fleet: Record<string, string> = {};
  const add = async (repository: VerifySetting['repository'], names: readonly string[]) => {
    const added = manyApplications({ names, namespace, repoURL: repository.url, setting });
    await repository.push('Begin', added.sources);
    Object.assign(fleet, added.fleet);
  };
  const pushed = await cloud.createRepository('pushed');
  await add(pushed, [pushedApplication]);
  await add(await cloud.createRepository('others'), others);
  await setting.repository.push('Add more Applications', fleet);
  await site.deliver(setting.repository.url);
  await until('all Applications are in the cluster', 300_000, async () => {
    const ready = '-o=jsonpath={range .items[*]}{.status.readyReplicas}{"\\n"}{end}';
    const lines = (await setting.kubectl(['get', 'deployments', '-n', namespace, ready])).trim().split('\n');
    return lines.filter((replicas) => replicas === '2').length === applications;
  });
  await site.afterTick();
  // What the controllers wrote is seen by this sweep, so the next one sees nothing.
  await site.afterTick();
  return pushed;
}

async function measureMinute(site: Site): Promise<{ minute: Work; metrics: Set<string> }> {
  const minutes: Happening[] = [];
  while (minutes.length < idleMinutes) {
    const counted = site.count();
    await site.afterTick();
    const { runs, tally, ticks } = await counted();
    // A machine too busy for one minute's work within the minute would count two.
    if (ticks === 1) minutes.push({ runs, tally });
  }
  return { minute: workOf(minutes), metrics: new Set(minutes.flatMap(metricsOf)) };
}

type Pushes = Pick<Place, 'cloud' | 'namespace' | 'pushes'> & { repository: VerifySetting['repository'] };

async function measurePushes(site: Site, { cloud, namespace, pushes, repository }: Pushes) {
  const { kubectl } = await findTools();
  const watch = watchImage({ kubectl, kubeconfig: cloud.kubeconfig, namespace, deployment: pushedApplication });
  const appliedMs: number[] = [];
  const undisturbed: Happening[] = [];
  const metrics = new Set<string>();
  try {
    while (appliedMs.length < pushes || undisturbed.length === 0) {
      await site.afterTick();
      const image = `registry.k8s.io/pause:3.${20 + appliedMs.length}`;
      const counted = site.count();
      await repository.push('Raise the image', sourcesOf(pushedApplication, image));
      const applied = watch.reached(image);
      const startedMs = performance.now();
      await site.deliver(repository.url);
      appliedMs.push((await applied) - startedMs);
      await site.atRest();
      const { runs, tally, ticks } = await counted();
      for (const name of metricsOf({ runs })) metrics.add(name);
      // The clock came in between: its work is not the push's.
      if (ticks === 0) undisturbed.push({ runs, tally });
    }
  } finally {
    watch.stop();
  }
  return { appliedMs, metrics, work: workOf(undisturbed) };
}

async function measureHeal(
  site: Site,
  { setting, namespace, minute }: Pick<Place, 'setting' | 'namespace'> & { minute: Work },
): Promise<Work> {
  await site.afterTick();
  const counted = site.count();
  await setting.kubectl(['scale', 'deployment/web', '--replicas=5', '-n', namespace]);
  await until('the hand edit is undone', 180_000, async () => {
    const path = '-o=jsonpath={.spec.replicas}';
    return (await setting.kubectl(['get', 'deployment/web', '-n', namespace, path])) === '2';
  });
  // The sweep that sees our own write.
  await site.afterTick();
  const { runs, tally, ticks } = await counted();
  return without(workOf([{ runs, tally }]), minute, ticks);
}

function metricsOf({ runs }: Pick<Happening, 'runs'>): string[] {
  return runs.flatMap(({ metrics }) => metrics);
}
