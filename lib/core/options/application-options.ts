/**
 * What `syncPolicy.syncOptions` of an Application ask for, read: Argo CD's options with their defaults there, unless said.
 * ApplyOutOfSyncOnly and FailOnSharedResource are not among them: Trueup never does otherwise.
 */
export type ApplicationOptions = {
  createNamespace: boolean;
  /** `confirm`: only with a word of a person. */
  prune: Wish;
  delete: Wish;
  validate: boolean;
  skipDryRunOnMissingResource: boolean;
  propagation: 'Foreground' | 'Background' | 'Orphan';
  pruneLast: boolean;
  replace: boolean;
  force: boolean;
  respectIgnoreDifferences: boolean;
  clientSideApplyMigration: boolean;
};

export type Wish = 'yes' | 'no' | 'confirm';
