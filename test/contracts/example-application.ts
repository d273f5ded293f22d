/** A whole Application document for contract suites and tests of flows; give only what the test is about. */
import type { Application } from '../../lib/core/application/application.ts';

export function exampleApplication(given: Partial<Application> = {}): Application {
  return {
    name: 'shop',
    project: 'default',
    source: { repoURL: 'https://git.example.com/team/shop.git', targetRevision: 'main', path: 'deploy' },
    destination: { name: 'prod', namespace: 'shop' },
    syncPolicy: {
      automated: { prune: true, selfHeal: true, allowEmpty: false },
      syncOptions: [],
      retry: { limit: 5, delayMs: 5000, factor: 2, maxDelayMs: 180_000 },
    },
    ignoreDifferences: [],
    annotations: {},
    labels: {},
    finalizers: [],
    origin: { file: 'shop.yaml', line: 1 },
    warnings: [],
    ...given,
  };
}
