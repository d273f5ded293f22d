/** The minute's work: what nobody woke us for. A lost webhook, a lost message and a lost worker are all found here. */
import { repositoryKey } from '../core/revision/repository-key.ts';
import type { Ports } from '../ports/ports.ts';
import { sendNotices } from './send-notices.ts';

const overdueAtOnce = 500;

export async function tick(ports: Ports): Promise<void> {
  await ports.queue.send({ about: 'fleet', why: 'tick' });
  for (const repoURL of await repositories(ports))
    await ports.queue.send({ about: 'repository', repoURL, why: 'head check' });
  for (const name of ports.clusterNames) await ports.queue.send({ about: 'cluster', name, why: 'tick' });
  for (const name of await ports.wakes.overdue(ports.now(), overdueAtOnce)) {
    await ports.queue.send({ about: 'application', name, why: 'overdue' });
  }
  await sendNotices(ports);
}

/** Each once, whatever way the Applications write its URL. */
async function repositories(ports: Ports): Promise<string[]> {
  const urls = new Map<string, string>();
  for (const { application } of await ports.applications.list()) {
    urls.set(repositoryKey(application.source.repoURL), application.source.repoURL);
  }
  return [...urls.values()];
}
