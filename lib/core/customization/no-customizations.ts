/** What holds where the fleet has no `argocd-cm`: nothing beyond the built-in rules. */
import type { Customizations } from './customizations.ts';

export function noCustomizations(): Customizations {
  return {
    health: [],
    healthExpressions: [],
    actions: [],
    ignoreDifferences: [],
    exclusions: [],
    inclusions: [],
    ignoreAggregatedRoles: false,
    ignoreResourceStatusField: 'all',
    globalProjects: [],
  };
}
