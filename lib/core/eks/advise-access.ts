/** What helps when the API server of an EKS cluster refuses us or does not answer: said beside the usual hints. */
import type { EksCluster } from './eks-cluster.ts';

export type AccessAdvice = { unauthorized: string; unreachable?: string };

/** `principal`: the ARN that needs an access entry; null when it is not known. */
export function adviseAccess(described: EksCluster, principal: string | null): AccessAdvice {
  const { name, region, privateOnly } = described;
  const arn = principal ?? 'ARN';
  const which = principal === null ? ', where ARN is that of the role Trueup runs with' : '';
  return {
    unauthorized: `On EKS: \`aws eks create-access-entry --cluster-name ${name} --region ${region} --principal-arn ${arn} --kubernetes-groups trueup\`${which}, and a ClusterRole for that group as in infra/aws/eks-access; a new entry takes up to a minute. Tokens also fail when the clock of this machine is wrong.`,
    ...(privateOnly && {
      unreachable: `The endpoint of ${name} is private: Trueup must run in its VPC, or in a network connected to it, and the security group of the cluster must let it in on port 443.`,
    }),
  };
}
