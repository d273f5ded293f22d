/** Ports of a process that is killed at its n-th write: from then on nothing it asks for is ever answered. */
import type { Ports } from '../../lib/ports/ports.ts';

export type Kill = {
  ports: Ports;
  /** Resolves with the name of the write it died at; never, when it lived through all of them. */
  died: Promise<string>;
};

const stored = [
  'applications',
  'wakes',
  'leases',
  'events',
  'outbox',
  'positions',
  'repositories',
  'fleetRules',
  'blobs',
  'queue',
] as const;

/** `done`: the write was carried out, and the process died before it heard of it. */
export function killedPorts(ports: Ports, { at, done }: { at: number; done: boolean }): Kill {
  let writes = 0;
  let dead = false;
  let die: (name: string) => void = () => {};
  const died = new Promise<string>((resolve) => {
    die = resolve;
  });
  const never = new Promise<never>(() => {});
  const wrap = <Port extends object>(
    name: string,
    port: Port,
    isWrite: (method: string, args: unknown[]) => boolean,
  ): Port =>
    new Proxy(port, {
      get(target, method) {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function' || typeof method !== 'string') return value;
        return (...args: unknown[]) => {
          if (dead) return never;
          if (!isWrite(method, args)) return value.apply(target, args);
          writes += 1;
          if (writes !== at) return value.apply(target, args);
          dead = true;
          const told = () => die(`${name}.${method}`);
          if (done) Promise.resolve(value.apply(target, args)).then(told, told);
          else told();
          return never;
        };
      },
    });
  const reads = /^(get|list|known|of|read|facts|changes|podLog|due|overdue|ofRepository)$/;
  const everyWrite = (method: string) => !reads.test(method);
  const store = Object.fromEntries(stored.map((name) => [name, wrap(name, ports[name], everyWrite)]));
  const isRealWrite = (method: string, args: unknown[]) =>
    everyWrite(method) && !(method === 'apply' && (args[1] as { dryRun: boolean }).dryRun);
  return {
    died,
    ports: {
      ...ports,
      ...(store as Pick<Ports, (typeof stored)[number]>),
      cluster: (name) => wrap('cluster', ports.cluster(name), isRealWrite),
    },
  };
}
