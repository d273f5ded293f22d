/** Which adapter stands behind which port where the store is a file: on one machine, or on a file system of Lambda. */
import { randomBytes } from 'node:crypto';
import { openBlobs } from '../../lib/adapters/files/blobs.ts';
import { openInstallationKey } from '../../lib/adapters/files/installation-key.ts';
import { openSqliteStore } from '../../lib/adapters/sqlite/sqlite-store.ts';
import type { Config } from '../../lib/core/config/config.ts';
import { sameRepository } from '../../lib/core/revision/same-repository.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Inbox } from '../../lib/ports/queue.ts';
import { clusterOf } from './cluster-of.ts';
import { openSecretsOf } from './open-secrets-of.ts';
import { wireAnnouncers } from './wire-announcers.ts';
import { wireClusters } from './wire-clusters.ts';
import { wireFleet } from './wire-fleet.ts';
import { wireGitHosts } from './wire-git-hosts.ts';
import { type Tools, wireRenderer } from './wire-renderer.ts';
import { wireWebhooks } from './wire-webhooks.ts';
import { isDeadWorker, workerName } from './worker-name.ts';

export type House = {
  ports: Ports;
  inbox: Inbox;
  /** What `access.tokens` refers to; null: only this machine may read the API. */
  apiTokens: readonly string[] | null;
  close(): Promise<void>;
};

export type WireOptions = {
  /** Where kubectl and helm are; asked when something is first rendered. Fault render.tool_missing. */
  findTools(): Promise<Tools>;
  /** Of the configuration; named in faults, and secret files are relative to its folder. */
  path: string;
  log: Log;
};

/**
 * A secret or kubeconfig that cannot be read is a fault where it is first used, so that one broken entry does not stop the others.
 * Faults: store.*, config.secret_missing for `access.tokens`.
 */
export async function wireHouse(config: Config, { path, log, findTools }: WireOptions): Promise<House> {
  const { fleet, render } = config;
  const secrets = openSecretsOf(path);
  const apiTokens = config.access
    ? await Promise.all(config.access.tokens.map(({ token }) => secrets.read(token)))
    : null;
  const { close, freeLeases, ...store } = openSqliteStore(config.store.path);
  freeLeases(isDeadWorker);
  const installationKey = await openInstallationKey(`${config.store.path}.key`);
  const [gitHost, webhook, clusters, announcers] = await Promise.all([
    wireGitHosts(config, secrets),
    wireWebhooks(config, secrets),
    wireClusters(config),
    wireAnnouncers(config, secrets, store.applications),
  ]);
  const ports: Ports = {
    ...store,
    blobs: await openBlobs(`${config.store.path}.blobs`, { installationKey, now: Date.now() }),
    renderer: wireRenderer(findTools, { timeoutMs: render.timeoutMs, maxOutputBytes: render.maxOutputBytes }),
    fleet: wireFleet(config, gitHost),
    gitHost,
    webhook,
    cluster: clusters.cluster,
    clusterNames: config.clusters.map(({ name }) => name),
    clusterOf: (destination) => clusterOf(destination, config.clusters),
    isFleet: (repoURL) => fleet.repoURL !== undefined && sameRepository(fleet.repoURL, repoURL),
    ...announcers,
    log,
    now: Date.now,
    newId,
    holder: workerName(),
    installationKey,
    installation: config.installation,
  };
  return {
    ports,
    inbox: store.queue,
    apiTokens,
    async close() {
      await clusters.close();
      close();
    },
  };
}

/** Sorts by time: 11 hexadecimal digits of milliseconds last until the year 2527. */
function newId(): string {
  return `${Date.now().toString(16).padStart(11, '0')}-${randomBytes(6).toString('hex')}`;
}
