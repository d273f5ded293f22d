/** The ports of a run: what it writes to the cluster of an Application it writes as whom the project says. Reads stay ours. */
import { Fault } from '../core/fault/fault.ts';
import { chooseAccount } from '../core/project/choose-account.ts';
import type { Permission } from '../core/project/permission.ts';
import type { Entry } from '../ports/applications.ts';
import type { ClusterActor } from '../ports/cluster-actor.ts';
import type { Ports } from '../ports/ports.ts';

export function actingPorts(
  { application, cluster }: Pick<Entry, 'application' | 'cluster'>,
  permission: Permission,
  ports: Ports,
): Ports {
  const account = chooseAccount(application, permission);
  if (account === null) return ports;
  return {
    ...ports,
    cluster(name) {
      const ours = ports.cluster(name);
      if (name !== cluster) return ours;
      return { ...ours, ...(account instanceof Fault ? refusingWriter(account) : ours.as(account)) };
    },
  };
}

function refusingWriter(fault: Fault): ReturnType<ClusterActor['as']> {
  const refuse = async () => {
    throw fault;
  };
  return {
    apply: refuse,
    replace: refuse,
    rehearseCreate: refuse,
    own: refuse,
    patch: refuse,
    create: refuse,
    remove: refuse,
  };
}
