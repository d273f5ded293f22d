/** kubectl, as a person at a terminal uses it, and what the demo wants to see with it. */
import * as z from 'zod';
import { runProgram } from './run-program.ts';

export type Kubectl = {
  /** In the demo's namespace; gives what it prints. */
  run(...args: string[]): Promise<string>;
  /** The pods of an `app` that are running and ready, by uid; not those that are on their way out. */
  runningPods(app: string): Promise<string[]>;
  /** Is there such an object in the demo's namespace. */
  exists(kind: string, name: string): Promise<boolean>;
  replicas(deployment: string): Promise<number>;
  namespaceExists(): Promise<boolean>;
  /** Waits until all in it is gone. */
  deleteNamespace(): Promise<void>;
};

const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ uid: z.string(), deletionTimestamp: z.string().optional() }),
      status: z.object({
        conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
      }),
    }),
  ),
});

const deletedWithin = '90s';

export function createKubectl(options: {
  path: string;
  kubeconfig: string;
  namespace: string;
  signal: AbortSignal;
}): Kubectl {
  const { path, kubeconfig, namespace, signal } = options;
  const anywhere = [path, '--kubeconfig', kubeconfig] as const;
  const run = (...args: string[]) => runProgram([...anywhere, '--namespace', namespace, ...args], signal);
  const isThere = async (args: string[]) => (await run('get', '--ignore-not-found', '-o', 'name', ...args)) !== '';
  return {
    run,
    async runningPods(app) {
      const { items } = pods.parse(JSON.parse(await run('get', 'pods', '-l', `app=${app}`, '-o', 'json')));
      return items
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .filter(({ status }) => status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'))
        .map(({ metadata }) => metadata.uid);
    },
    exists: (kind, name) => isThere([kind, name]),
    replicas: async (name) => Number(await run('get', 'deployment', name, '-o', 'jsonpath={.spec.replicas}')),
    namespaceExists: () => isThere(['namespace', namespace]),
    // Without the signal: this is for after the interruption.
    deleteNamespace: async () =>
      void (await runProgram([
        ...anywhere,
        'delete',
        'namespace',
        namespace,
        '--ignore-not-found',
        `--timeout=${deletedWithin}`,
      ])),
  };
}
