/** What besides the files of a revision says what is deployed: a change of it is a new sync of the same revision. */
import type { Application } from '../application/application.ts';
import { hashValue } from '../plan/hash-object.ts';
import type { Permission } from '../project/permission.ts';
import { permittedIn } from '../project/permitted-in.ts';

/** Of everything that shapes the objects, or forbids them. */
export function sourceHashOf(
  { application, cluster }: { application: Application; cluster: string },
  permission: Permission,
): string {
  const { source, destination, syncPolicy } = application;
  return hashValue({
    source,
    destination,
    cluster,
    syncOptions: syncPolicy.syncOptions,
    ...(syncPolicy.managedNamespaceMetadata && { namespaceMetadata: syncPolicy.managedNamespaceMetadata }),
    permitted: permittedIn(permission),
  });
}
