/** As whom the writes of an Application are made: the first entry of destinationServiceAccounts that means its destination. */
import type { Application } from '../application/application.ts';
import { Fault } from '../fault/fault.ts';
import { matchesGlob } from '../render/glob.ts';
import { meansServer } from './means-server.ts';
import type { Permission } from './permission.ts';
import type { ServiceAccount } from './service-account.ts';

/**
 * null: as Trueup itself, where the project names no account at all. A fault (project.no_service_account) where it names some
 * and none of them is certainly meant: then nothing is written.
 */
export function chooseAccount(
  application: Application,
  { project, cluster }: Permission,
): ServiceAccount | Fault | null {
  if (project === null || project.destinationServiceAccounts.length === 0) return null;
  const { namespace } = application.destination;
  const refuse = (because: string) => {
    const facts = { application: application.name, project: project.name, cluster: cluster.name, namespace };
    return new Fault('project.no_service_account', { ...facts, because });
  };
  for (const { server, namespace: namespaces, defaultServiceAccount } of project.destinationServiceAccounts) {
    if (!matchesGlob(namespaces, namespace)) continue;
    // Which of the entries comes first cannot be told then.
    if (server !== '*' && cluster.servers.length === 0)
      return refuse(`whether ${server} is ${cluster.name} is not known without its clusters[].server`);
    if (!meansServer(server, cluster)) continue;
    const account = accountOf(defaultServiceAccount, namespace);
    return isNamespace(account.namespace)
      ? account
      : refuse(`${defaultServiceAccount} is looked for in the namespace of the destination, and that is none`);
  }
  return refuse('no entry is for it');
}

function accountOf(written: string, namespace: string): ServiceAccount {
  const [first = '', second] = written.split(':');
  return second === undefined ? { namespace, name: first } : { namespace: first, name: second };
}

/** Comes from the Application: nothing in it may make another account, or another kind of user, of what the project says. */
function isNamespace(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}
