/** All that a destination may call one cluster by, so that no other name of it is a way around a rule. */
export type ClusterIdentity = {
  /** As in clusters[].name. */
  name: string;
  /** `clusters[].server`, and `https://kubernetes.default.svc` where Trueup runs in it. Empty: it is only known by name. */
  servers: string[];
  /** The AppProject that trueup.yaml gives it to; null: every project may use it. */
  project: string | null;
};
