/** Everything a flow may ask for. Each door builds this once in its `wire.ts`. */
import type { Destination } from '../core/application/application.ts';
import type { Assess } from '../core/health/assess-health.ts';
import type { ClusterIdentity } from '../core/project/cluster-identity.ts';
import type { Announcer } from './announcer.ts';
import type { Applications } from './applications.ts';
import type { Blobs } from './blobs.ts';
import type { Clock } from './clock.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterActor } from './cluster-actor.ts';
import type { ClusterPatcher } from './cluster-patcher.ts';
import type { ClusterRemover } from './cluster-remover.ts';
import type { ClusterWriter } from './cluster-writer.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventLog } from './event-log.ts';
import type { Fleet } from './fleet.ts';
import type { FleetRules } from './fleet-rules.ts';
import type { GitHost } from './git-host.ts';
import type { Jq } from './jq.ts';
import type { Leases } from './leases.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox.ts';
import type { Positions } from './positions.ts';
import type { PullRequests } from './pull-requests.ts';
import type { Queue } from './queue.ts';
import type { Renderer } from './renderer.ts';
import type { Repositories } from './repositories.ts';
import type { Scripts } from './scripts.ts';
import type { Slots } from './slots.ts';
import type { Wakes } from './wakes.ts';
import type { WebhookDoor } from './webhook.ts';

export type Ports = {
  /** Present where they read as one project: what they read with before, for whoever has to read as another. */
  unscoped?: Pick<Ports, 'gitHost' | 'repositories'>;
  applications: Applications;
  wakes: Wakes;
  leases: Leases;
  slots: Slots;
  events: EventLog;
  outbox: Outbox;
  positions: Positions;
  repositories: Repositories;
  deliveries: Deliveries;
  fleetRules: FleetRules;
  blobs: Blobs;
  queue: Queue;
  /** How a live object fares: by the built-in rules, until a run has read those of the fleet (`withHealthRules`). */
  assess: Assess;
  /** Loaded when first asked for. */
  scripts(): Promise<Scripts>;
  renderer: Renderer;
  jq: Jq;
  fleet: Fleet;
  /** The host that keeps this repository, read as Applications of `project` may; left out: as all may. Fault git.unknown_host. */
  gitHost(repoURL: string, project?: string): GitHost;
  /** The project with whose own credential `gitHost` then reads; null: with what all may use. */
  readerOf(repoURL: string, project: string): string | null;
  /** Where this repository takes pull requests. Fault git.no_pull_requests. */
  pullRequests(repoURL: string): PullRequests;
  /** The door of one entry of gitHosts[]. Faults push.unknown_host, push.no_secret. */
  webhook(gitHost: string): WebhookDoor;
  /** By its name in clusters[]. Fault config.unknown_cluster. */
  cluster(name: string): Cluster & ClusterWriter & ClusterRemover & ClusterPatcher & ClusterActor;
  clusterNames: readonly string[];
  /** How many Applications may be worked on at once in this cluster. */
  slotsOf(cluster: string): number;
  /** Which of clusters[] a destination means, by name or server; null: none. Faults eks.*: not all of them could be found. */
  clusterOf(destination: Destination): string | null;
  /** What one of clusters[] is called, by its name. */
  identityOf(cluster: string): ClusterIdentity;
  /** Is this the repository the fleet is read from. */
  isFleet(repoURL: string): boolean;
  announcer(channel: string): Announcer;
  /** Channels that get a notice of events of this Application. */
  channels(application: string): readonly string[];
  log: Log;
  now: Clock;
  /** A new unique id, sortable by time. */
  newId(): string;
  /** Names this process in leases. */
  holder: string;
  /** Key for the HMACs that stand for secret values in the record; 32 bytes. */
  installationKey: Uint8Array;
  /** Marks our objects in clusters shared by several installations. */
  installation: string;
};
