/** A fleet of the Applications of a test: the documents that say what they are. */
import type { Application } from '../../lib/core/application/application.ts';
import type { Fleet } from '../../lib/ports/fleet.ts';
import { exampleApplication } from '../contracts/example-application.ts';

export function exampleFleet(applications: readonly Application[] = [exampleApplication()]): Fleet {
  const documents = applications.map(
    (application) =>
      [
        `${application.name}.yaml`,
        { kind: 'file' as const, bytes: new TextEncoder().encode(documentOf(application)), executable: false },
      ] as const,
  );
  return { read: async () => ({ files: new Map(documents), at: 'the fleet of this test' }) };
}

/** JSON is YAML. */
function documentOf({ name, annotations, source, destination }: Application): string {
  return JSON.stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, annotations },
    spec: { project: 'default', source, destination, syncPolicy: { automated: { prune: true, selfHeal: true } } },
  });
}
