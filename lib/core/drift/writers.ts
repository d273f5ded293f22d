/** Which field managers count as a person's, and whose fields stay all the same. */
import type { Application } from '../application/application.ts';
import { readApplicationOptions } from '../options/read-application-options.ts';
import { defaultHandTools } from './hand-tools.ts';

export type Writers = {
  handTools: readonly string[];
  /** Managers that applied on the client and keep what they wrote. */
  kept: readonly string[];
};

const clientSideApply = 'kubectl-client-side-apply';
const migrationManager = 'argocd.argoproj.io/client-side-apply-migration-manager';

export function writersOf({ annotations, syncPolicy }: Pick<Application, 'annotations' | 'syncPolicy'>): Writers {
  const { clientSideApplyMigration } = readApplicationOptions(syncPolicy.syncOptions);
  return {
    handTools: defaultHandTools,
    kept: clientSideApplyMigration ? [] : [clientSideApply, ...namedManager(annotations)],
  };
}

/** Another manager whose fields become ours with an object that is adopted. */
export function migratedManagers({
  annotations,
  syncPolicy,
}: Pick<Application, 'annotations' | 'syncPolicy'>): string[] {
  return readApplicationOptions(syncPolicy.syncOptions).clientSideApplyMigration ? namedManager(annotations) : [];
}

function namedManager({ [migrationManager]: name }: Application['annotations']): string[] {
  return name === undefined || name === '' ? [] : [name];
}
