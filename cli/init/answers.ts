/** What `trueup init` has to know. Empty text stands for left out. */
export type InitAnswers = {
  /** Where the files go. */
  folder: string;
  repo: string;
  path: string;
  branch: string;
  name: string;
  namespace: string;
  cluster: string;
  kubeconfig: string;
  context: string;
  publicUrl: string;
  tokenEnv: string;
};
