/** Compares an Application with Git and the cluster anew, now. */
import type { Ports } from '../ports/ports.ts';
import { findApplication } from './find-application.ts';
import { wakeRepository } from './wake-repository.ts';

export async function refreshApplication(name: string, ports: Ports): Promise<void> {
  const { application } = await findApplication(name, ports);
  await wakeRepository(application.source.repoURL, 'refresh', ports);
  await ports.wakes.suspect(name, ['*'], ports.now());
  await ports.queue.send({ about: 'application', name, why: 'refresh' });
}
