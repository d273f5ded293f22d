/** What an `argocd-cm` ConfigMap says about whole kinds: the rules that hold for every Application of the fleet. */
import type { IgnoreDifference } from '../application/application.ts';
import type { LabelSelector } from '../project/selects-labels.ts';

/** `group` and `kind` are globs, as in Argo CD's `resource.customizations.*` keys, where `_` stands for `/` and `*` stays `*`. */
export type OfKind = { group: string; kind: string };

export type Customizations = {
  /** Lua that sees the object as `obj` and returns `{status, message}`. The first that matches exactly wins, then the first glob. */
  health: (OfKind & { lua: string; useOpenLibs: boolean })[];
  /** CEL, as in Flux's `healthCheckExprs`. An empty kind is every kind of the group; the version is not looked at. */
  healthExpressions: HealthExpressions[];
  /** Lua of resource actions: one script that says which there are, one for each. */
  actions: (OfKind & {
    discovery: string;
    definitions: { name: string; lua: string }[];
    mergeBuiltinActions: boolean;
    useOpenLibs: boolean;
  })[];
  ignoreDifferences: IgnoreDifference[];
  exclusions: ResourceFilter[];
  inclusions: ResourceFilter[];
  ignoreAggregatedRoles: boolean;
  /** Of which kinds differences under `status` do not count. */
  ignoreResourceStatusField: 'all' | 'crd' | 'none';
  /** Absent in rules that an earlier version wrote down. */
  globalProjects?: GlobalProject[];
};

/** The projects that are selected inherit the lists of `projectName`. */
export type GlobalProject = { projectName: string; labelSelector: LabelSelector };

/** Globs; an empty list matches everything. */
export type ResourceFilter = { apiGroups: string[]; kinds: string[]; clusters: string[] };

/** Asked in this order: inProgress, failed, current; none of them true is in progress too. Empty: not given. */
export type HealthExpressions = OfKind & { current: string; inProgress: string; failed: string };
