/** A ServiceAccount of a cluster, as whom something is done there. */
export type ServiceAccount = { namespace: string; name: string };

/** What RBAC calls it. */
export function userOf({ namespace, name }: ServiceAccount): string {
  return `system:serviceaccount:${namespace}:${name}`;
}
