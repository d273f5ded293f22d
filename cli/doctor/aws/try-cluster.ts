/** Looks at an EKS cluster from a person's shell: is it there, does it take access entries, and does it have ours. */
import type { ClusterConfig } from '../../../lib/core/config/config.ts';
import { endpointOf } from '../../../lib/core/eks/endpoint-of.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { Tried } from '../finding.ts';
import type { Installation } from './installation.ts';

export type EksEntry = { name: string; eks: NonNullable<ClusterConfig['eks']> };

/** `syncRole`: ARN. Faults eks.*, doctor.no_access_entry, doctor.empty_access_entry. */
export async function tryCluster(aws: Installation, { name, eks }: EksEntry, syncRole: string): Promise<Tried> {
  const { cluster, region, roleArn, externalId } = eks;
  const principal = roleArn ?? syncRole;
  const target = { cluster, region, ...(roleArn && { roleArn }), ...(externalId && { externalId }) };
  const looked = await aws.eks(target, principal).catch((error: unknown) => {
    if (isForTrueupOnly(error)) return null;
    throw error;
  });
  if (looked === null) {
    const found = `not looked at from here: ${roleArn} lets only Trueup in. What sync says above counts`;
    return { found, value: null };
  }
  const { described, entry } = looked;
  endpointOf(described, name);
  const facts = { eks: cluster, region, principal, ...commands({ cluster, region, principal }) };
  if (entry === null) throw new Fault('doctor.no_access_entry', facts);
  const { policies, groups } = entry;
  if (policies.length + groups.length === 0) throw new Fault('doctor.empty_access_entry', facts);
  const { version, authenticationMode } = described;
  const rights = [...policies, ...groups.map((group) => `group ${group}`)].join(', ');
  return {
    found: `Kubernetes ${version}, authenticationMode ${authenticationMode}, ${principal} has ${rights}`,
    value: null,
  };
}

/** The role of another account trusts the role of sync, and a person need not be let in. */
function isForTrueupOnly(error: unknown): boolean {
  return error instanceof Fault && error.code === 'eks.access_denied' && error.facts.action === 'sts:AssumeRole';
}

/** The group that infra/aws/eks-access/cluster-role.yaml gives its rights to. */
function commands({ cluster, region, principal }: { cluster: string; region: string; principal: string }) {
  const entry = `--cluster-name ${cluster} --region ${region} --principal-arn ${principal} --kubernetes-groups trueup`;
  return { create: `aws eks create-access-entry ${entry}`, update: `aws eks update-access-entry ${entry}` };
}
