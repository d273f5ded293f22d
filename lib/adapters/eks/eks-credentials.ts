/** The credentials an EKS cluster is signed in to with: of the role it names, else Trueup's own. */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { EksTarget } from '../../core/eks/eks-cluster.ts';
import { roleOfSession } from '../../core/eks/role-of-session.ts';
import { assumeRole } from './assume-role.ts';
import type { AwsClients } from './aws-clients.ts';
import type { CredentialsSource } from './aws-credentials.ts';
import { eksFault } from './eks-fault.ts';

export type EksCredentials = CredentialsSource & {
  /** ARN of the role or user they belong to; null when AWS does not say. */
  principal(): Promise<string | null>;
};

export type EksCredentialsOptions = {
  target: Omit<EksTarget, 'cluster'>;
  clients: AwsClients;
  installation: string;
  now: () => number;
};

export function eksCredentials({ target, clients, installation, now }: EksCredentialsOptions): EksCredentials {
  const { region, roleArn } = target;
  const sts = clients.sts(region);
  if (roleArn !== undefined) {
    const source = assumeRole({ sts, target: { ...target, roleArn }, installation, now });
    return { ...source, principal: async () => roleArn };
  }
  return {
    // The SDK remembers them, and asks again before they end.
    current: () =>
      sts.config.credentials().catch((error: unknown) => {
        throw eksFault(error, { action: 'sts:GetCallerIdentity', resource: '*', region });
      }),
    renew: () => undefined,
    async principal() {
      const said = await sts.send(new GetCallerIdentityCommand({})).catch(() => undefined);
      return said?.Arn === undefined ? null : roleOfSession(said.Arn);
    },
  };
}
