/** The register of Applications in memory, for unit tests. */
import { isDeepStrictEqual } from 'node:util';
import { initialState } from '../../core/application/initial-state.ts';
import { repositoryKey } from '../../core/revision/repository-key.ts';
import type { Applications, Entry } from '../../ports/applications.ts';
import type { Shelf, Shelved } from './shelf.ts';

export function memoryApplications({ applications, leases }: Shelf): Applications {
  const byName = () => [...applications.values()].sort((a, b) => (a.application.name < b.application.name ? -1 : 1));

  return {
    async put(application, options) {
      const document = { application: structuredClone(application), ...options };
      const known = applications.get(application.name);
      if (known === undefined) {
        applications.set(application.name, { ...nothingKnown(application.name), ...document });
        return;
      }
      const { cluster, leaving } = known;
      if (isDeepStrictEqual({ application: known.application, cluster, leaving }, document)) return;
      Object.assign(known, document, { wanted: known.wanted + 1, lookAt: 0 });
    },
    async remove(name) {
      applications.delete(name);
      const lease = leases.get(name);
      if (lease !== undefined) lease.held = false;
    },
    async get(name) {
      const known = applications.get(name);
      return known === undefined ? null : entry(known);
    },
    async list() {
      return byName().map(entry);
    },
    async ofRepository(repoURL) {
      const key = repositoryKey(repoURL);
      return byName()
        .filter(({ application }) => repositoryKey(application.source.repoURL) === key)
        .map(({ application }) => application.name);
    },
  };
}

function nothingKnown(name: string): Omit<Shelved, 'application' | 'cluster' | 'leaving'> {
  return { wanted: 1, lookAt: 0, suspects: {}, request: null, hold: null, state: initialState(name) };
}

function entry(known: Shelved): Entry {
  return structuredClone({ ...known, suspects: Object.keys(known.suspects) });
}
