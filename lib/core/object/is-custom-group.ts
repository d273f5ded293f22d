/** Tells groups of custom resources: those of Kubernetes itself have no dot or end in `.k8s.io`. */
export function isCustomGroup(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io');
}
