/** The entry of one Application, or a fault that names those there are. */
import { Fault } from '../core/fault/fault.ts';
import type { Applications, Entry } from '../ports/applications.ts';

/** Fault application.not_found. */
export async function findApplication(name: string, { applications }: { applications: Applications }): Promise<Entry> {
  const entry = await applications.get(name);
  if (entry !== null) return entry;
  const known = (await applications.list()).map(({ application }) => application.name);
  throw new Fault('application.not_found', { application: name, known: known.join(', ') || 'none' });
}
