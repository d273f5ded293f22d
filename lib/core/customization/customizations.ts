/** What an `argocd-cm` ConfigMap says about whole kinds: the rules that hold for every Application of the fleet. */
import type { IgnoreDifference } from '../application/application.ts';

/** `group` and `kind` are globs, as in Argo CD's `resource.customizations.*` keys, where `_` stands for `/` and `*` stays `*`. */
export type OfKind = { group: string; kind: string };

export type Customizations = {
  /** Lua that sees the object as `obj` and returns `{status, message}`. The first that matches exactly wins, then the first glob. */
  health: (OfKind & { lua: string; useOpenLibs: boolean })[];
  /** Lua of resource actions: one script that says which there are, one for each. */
  actions: (OfKind & {
    discovery: string;
    definitions: { name: string; lua: string }[];
    mergeBuiltinActions: boolean;
  })[];
  ignoreDifferences: IgnoreDifference[];
  exclusions: ResourceFilter[];
  inclusions: ResourceFilter[];
  ignoreAggregatedRoles: boolean;
};

/** Globs; an empty list matches everything. */
export type ResourceFilter = { apiGroups: string[]; kinds: string[]; clusters: string[] };
