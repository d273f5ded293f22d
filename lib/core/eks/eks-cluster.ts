/** An EKS cluster: where an entry of clusters[] says it is, and what AWS says it is like. */
export type EksTarget = {
  cluster: string;
  region: string;
  /** Assumed first: a role of the account that has the cluster. */
  roleArn?: string;
  externalId?: string;
};

export type EksCluster = {
  name: string;
  arn: string;
  region: string;
  status: string;
  /** Of Kubernetes: `1.36`. */
  version: string;
  /** Null until AWS has made it. */
  endpoint: string | null;
  /** PEM. Null until AWS has made it. */
  certificateAuthority: string | null;
  /** Null where AWS does not say. */
  authenticationMode: string | null;
  /** The endpoint is reached from the VPC of the cluster only. */
  privateOnly: boolean;
  tags: Readonly<Record<string, string>>;
};
