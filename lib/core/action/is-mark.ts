/** Whether a label or annotation says which Application an object belongs to, in our words or in Argo CD's. */
export function isMark(name: string): boolean {
  return name.startsWith('trueup.dev/') || name === 'argocd.argoproj.io/tracking-id';
}
