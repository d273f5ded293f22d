/** An Argo CD `Application` document, read: what to deploy, from where, to where. */
import type { Origin } from '../object/manifest.ts';

export type Application = {
  name: string;
  project: string;
  source: Source;
  destination: Destination;
  syncPolicy: SyncPolicy;
  ignoreDifferences: IgnoreDifference[];
  /** How many of its syncs can be gone back to; absent: all that the record knows. */
  historyLimit?: number;
  annotations: Record<string, string>;
  labels: Record<string, string>;
  finalizers: string[];
  origin: Origin;
  /** Fields that were given and that we do not act on, one sentence each; shown on the Application. */
  warnings: string[];
};

export type Source = {
  repoURL: string;
  /** Branch, tag, SHA or `HEAD` (also when the document leaves it out). */
  targetRevision: string;
  /** Folder inside the repository, `.` for its root; no leading or trailing slash. */
  path: string;
  /** At most one of the three; without any the tool is detected from the files. */
  directory?: DirectorySource;
  kustomize?: KustomizeSource;
  helm?: HelmSource;
};

export type DirectorySource = { recurse: boolean; include: string; exclude: string };

export type KustomizeSource = {
  namePrefix?: string;
  nameSuffix?: string;
  namespace?: string;
  /** `name=newName:newTag`, `name:newTag`, `name@digest` as Argo CD writes them. */
  images?: string[];
  commonLabels?: Record<string, string>;
  commonAnnotations?: Record<string, string>;
  replicas?: { name: string; count: number }[];
};

export type HelmSource = {
  releaseName?: string;
  valueFiles?: string[];
  ignoreMissingValueFiles?: boolean;
  /** YAML text. */
  values?: string;
  valuesObject?: Record<string, unknown>;
  parameters?: { name: string; value: string; forceString?: boolean }[];
  fileParameters?: { name: string; path: string }[];
  skipCrds?: boolean;
  skipTests?: boolean;
  namespace?: string;
  kubeVersion?: string;
  apiVersions?: string[];
};

/** Exactly one of `server` and `name` is set. `namespace` goes into namespaced objects that name none. */
export type Destination = { server?: string; name?: string; namespace: string };

export type SyncPolicy = {
  /** null: Trueup plans and reports, a person syncs. */
  automated: { prune: boolean; selfHeal: boolean; allowEmpty: boolean } | null;
  /** As written: `CreateNamespace=true`. */
  syncOptions: string[];
  retry: { limit: number; delayMs: number; factor: number; maxDelayMs: number };
  /** Of the Namespace of the destination, with `CreateNamespace=true`. */
  managedNamespaceMetadata?: { labels: Record<string, string>; annotations: Record<string, string> };
};

export type IgnoreDifference = {
  group: string;
  kind: string;
  name?: string;
  namespace?: string;
  jsonPointers: string[];
  jqPathExpressions: string[];
  managedFieldsManagers: string[];
};
