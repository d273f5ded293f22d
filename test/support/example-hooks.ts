/** Hooks that scenarios push; their pods are simulated, and complete at once where they can be scheduled. */
export type HookExample = {
  name: string;
  /** Lines under `annotations:`. */
  annotations: Record<string, string>;
  /** It never runs, and fails when its second is over. */
  fails?: boolean;
  /** It never runs and never ends. */
  hangs?: boolean;
  /** More fields of the Job's spec, in flow style: `ttlSecondsAfterFinished: 0`. */
  spec?: string;
  generateName?: boolean;
};

export function job({ name, annotations, fails = false, hangs = false, spec = '', generateName = false }: HookExample) {
  const written = Object.entries(annotations).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`);
  return `apiVersion: batch/v1
kind: Job
metadata:
  ${generateName ? 'generateName' : 'name'}: ${name}
  annotations:
${written.join('\n')}
spec:
  backoffLimit: 0
  ${fails ? 'activeDeadlineSeconds: 1' : ''}
  ${spec}
  template:
    spec:
      restartPolicy: Never
      ${fails || hangs ? 'nodeSelector: {nowhere: "true"}' : ''}
      containers: [{name: job, image: busybox}]
`;
}

export function hook(phase: string, name: string, more: Partial<HookExample> = {}): string {
  return job({ name, ...more, annotations: { 'argocd.argoproj.io/hook': phase, ...more.annotations } });
}
