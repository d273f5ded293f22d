/** Waits for an image of a Deployment, told by the API server itself the moment it is written. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type ImageWatch = {
  /** When it came, as `performance.now()` counts. */
  reached(image: string): Promise<number>;
  stop(): void;
};

export function watchImage(options: {
  kubectl: string;
  kubeconfig: string;
  namespace: string;
  deployment: string;
}): ImageWatch {
  const { kubectl, kubeconfig, namespace, deployment } = options;
  const path = '-o=jsonpath={.spec.template.spec.containers[0].image}{"\\n"}';
  const args = ['--kubeconfig', kubeconfig, 'get', `deployment/${deployment}`, '-n', namespace, '--watch', path];
  const child = spawn(kubectl, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { HOME: '/tmp' } });
  const waiting = new Map<string, (at: number) => void>();
  createInterface(child.stdout).on('line', (image) => waiting.get(image)?.(performance.now()));
  return {
    reached: (image) => new Promise((resolve) => waiting.set(image, resolve)),
    stop: () => child.kill(),
  };
}
