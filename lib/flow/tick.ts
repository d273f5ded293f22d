/** The minute's work: what nobody woke us for. A lost webhook, a lost message and a lost worker are all found here. */
import { repositoryKey } from '../core/revision/repository-key.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { kindsOf, recordedIn } from './recorded-in.ts';

const overdueAtOnce = 500;

export type TickPorts = Pick<Ports, 'applications' | 'wakes' | 'queue' | 'now'>;

export async function tick(ports: TickPorts): Promise<void> {
  await ports.queue.send({ about: 'fleet', why: 'tick' });
  const entries = await ports.applications.list();
  for (const repoURL of repositories(entries))
    await ports.queue.send({ about: 'repository', repoURL, why: 'head check' });
  for (const name of new Set(entries.map(({ cluster }) => cluster)))
    await ports.queue.send({ about: 'cluster', name, why: 'tick', ...kindsOf(recordedIn(name, entries)) });
  for (const name of await ports.wakes.overdue(ports.now(), overdueAtOnce)) {
    await ports.queue.send({ about: 'application', name, why: 'overdue' });
  }
}

/** Each once, whatever way the Applications write its URL. */
function repositories(entries: readonly Entry[]): string[] {
  const urls = new Map<string, string>();
  for (const { application } of entries) {
    urls.set(repositoryKey(application.source.repoURL), application.source.repoURL);
  }
  return [...urls.values()];
}
