/** Ports of a process that is stopped at its n-th write to the cluster, and goes on when it thaws. */
import type { Ports } from '../../lib/ports/ports.ts';

/** As if the process were stopped at its n-th write, the lease having been looked at: the write is sent when it thaws. */
export function frozenPorts(
  ports: Ports,
  { at }: { at: number },
): {
  ports: Ports;
  frozen: Promise<'frozen'>;
  thaw(): void;
} {
  let writes = 0;
  let thaw = () => {};
  let freeze = () => {};
  const thawed = new Promise<void>((resolve) => {
    thaw = resolve;
  });
  const frozen = new Promise<'frozen'>((resolve) => {
    freeze = () => resolve('frozen');
  });
  const cluster = ports.cluster('prod');
  const stopping = <Options extends { dryRun?: boolean; guard?: (() => void) | undefined }, Result>(
    send: (options: Options) => Promise<Result>,
  ) => {
    return async (options: Options) => {
      if (options.dryRun) return send(options);
      options.guard?.();
      writes += 1;
      if (writes === at) {
        freeze();
        await thawed;
      }
      return send({ ...options, guard: undefined });
    };
  };
  const stopped: ReturnType<Ports['cluster']> = {
    ...cluster,
    apply: (object, options) => stopping((given: typeof options) => cluster.apply(object, given))(options),
    own: (ref, options) => stopping((given: typeof options) => cluster.own(ref, given))(options),
    remove: (ref, options) => stopping((given: typeof options) => cluster.remove(ref, given))(options),
  };
  return { ports: { ...ports, holder: 'the frozen one', cluster: () => stopped }, frozen, thaw: () => thaw() };
}
