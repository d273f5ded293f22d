/** Which adapter stands behind which port, whatever the store is. */
import { randomBytes } from 'node:crypto';
import { openJq } from '../../lib/adapters/jq/open-jq.ts';
import type { Config } from '../../lib/core/config/config.ts';
import { assessHealth } from '../../lib/core/health/assess-health.ts';
import { sameRepository } from '../../lib/core/revision/same-repository.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Inbox } from '../../lib/ports/queue.ts';
import type { Renderer } from '../../lib/ports/renderer.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { clusterOf } from './cluster-of.ts';
import { identityOf } from './identity-of.ts';
import { once } from './once.ts';
import type { Store } from './store.ts';
import { wireAnnouncers } from './wire-announcers.ts';
import { wireClusters } from './wire-clusters.ts';
import { wireFleet } from './wire-fleet.ts';
import { wireGitHosts } from './wire-git-hosts.ts';
import { wireWebhooks } from './wire-webhooks.ts';
import { workerName } from './worker-name.ts';

export type House = {
  ports: Ports;
  inbox: Inbox;
  /** What `access.tokens` refers to; null: only this machine may read the API. */
  apiTokens(): Promise<readonly string[] | null>;
  close(): Promise<void>;
};

export type HouseParts = { store: Store; secrets: Secrets; renderer: Renderer; log: Log };

/** Reads and sends nothing: a secret or kubeconfig that is missing is a fault where it is first used, so that one broken entry does not stop the others. */
export function wireHouse(config: Config, { store, secrets, renderer, log }: HouseParts): House {
  const { fleet, access } = config;
  const { inbox, close, ...stored } = store;
  const { gitHost, readerOf, pullRequests } = wireGitHosts(config, secrets);
  const clusters = wireClusters(config, secrets);
  const jq = openJq();
  const slots = new Map(config.clusters.map(({ name, concurrency }) => [name, concurrency]));
  const ports: Ports = {
    ...stored,
    assess: (object) => assessHealth(object, []),
    scripts: once(async () => (await import('../../lib/adapters/lua/open-lua.ts')).openLua(Date.now)),
    renderer,
    jq,
    fleet: wireFleet(config, gitHost),
    gitHost,
    readerOf,
    pullRequests,
    webhook: wireWebhooks(config, secrets),
    cluster: clusters.cluster,
    clusterNames: config.clusters.map(({ name }) => name),
    slotsOf: (cluster) => slots.get(cluster) ?? 1,
    clusterOf: (destination) => clusterOf(destination, config.clusters),
    identityOf: (cluster) => identityOf(cluster, config.clusters),
    isFleet: (repoURL) => fleet.repoURL !== undefined && sameRepository(fleet.repoURL, repoURL),
    ...wireAnnouncers(config, secrets, store.applications),
    log,
    newId,
    holder: workerName(),
    installation: config.installation,
  };
  return {
    ports,
    inbox,
    apiTokens: async () =>
      access === undefined ? null : Promise.all(access.tokens.map(({ token }) => secrets.read(token))),
    async close() {
      await clusters.close();
      await jq.close();
      close();
    },
  };
}

/** Sorts by time: 11 hexadecimal digits of milliseconds last until the year 2527. */
function newId(): string {
  return `${Date.now().toString(16).padStart(11, '0')}-${randomBytes(6).toString('hex')}`;
}
