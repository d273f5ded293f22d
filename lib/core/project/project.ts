/** An Argo CD `AppProject` document, read: what the Applications of a project may do. */
import type { Origin } from '../object/manifest.ts';
import type { SyncWindow } from '../window/sync-window.ts';

export type Project = {
  name: string;
  /** What a global project selects by. */
  labels: Record<string, string>;
  description: string;
  /** Globs of repository URLs; one that begins with `!` denies. */
  sourceRepos: string[];
  destinations: PermittedDestination[];
  /** Empty: no cluster-scoped object is permitted. */
  clusterResourceWhitelist: PermittedKind[];
  clusterResourceBlacklist: PermittedKind[];
  /** null: every namespaced kind is permitted; empty: none is. */
  namespaceResourceWhitelist: PermittedKind[] | null;
  namespaceResourceBlacklist: PermittedKind[];
  /** Only clusters that trueup.yaml gives to this project. */
  permitOnlyProjectScopedClusters: boolean;
  /** Whom a sync acts as; the first that matches. Empty: as Trueup itself. */
  destinationServiceAccounts: DestinationServiceAccount[];
  syncWindows: SyncWindow[];
  /** null: orphans are not looked for. */
  orphanedResources: OrphanedResources | null;
  /** null: the project `default` of a fleet that does not define it. */
  origin: Origin | null;
  /** What was given and is not known, or not acted on: one sentence each. */
  warnings: string[];
};

/** Globs, each of which may begin with `!`. A cluster matches by its server where that is given, else by its name. */
export type PermittedDestination = { server: string | null; name: string | null; namespace: string };

/** Globs. Only cluster-scoped kinds are told apart by name; `*` elsewhere. */
export type PermittedKind = { group: string; kind: string; name: string };

/** `server` and `namespace` are globs; the account is `NAME` (in the namespace of the destination) or `NAMESPACE:NAME`. */
export type DestinationServiceAccount = { server: string; namespace: string; defaultServiceAccount: string };

export type OrphanedResources = { warn: boolean; ignore: { group: string; kind: string; name: string }[] };
