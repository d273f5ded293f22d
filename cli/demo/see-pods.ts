/** Waits until exactly so many nginx pods run. Gives their uids, sorted. */
import type { Playground } from './playground.ts';

export async function seePods(
  count: number,
  { until, kubectl }: Pick<Playground, 'until' | 'kubectl'>,
): Promise<string[]> {
  return until(`${count} of ${count} nginx pods run`, async () => {
    const uids = await kubectl.runningPods('nginx');
    return uids.length === count ? uids.toSorted() : null;
  });
}

export async function seeHealthy({ until, record }: Pick<Playground, 'until' | 'record'>): Promise<void> {
  await until('the Application is Synced and Healthy', async () => {
    const application = await record.application();
    return application?.sync === 'Synced' && application.health === 'Healthy' ? true : null;
  });
}
