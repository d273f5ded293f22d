/** Credentials of a role that Trueup assumes: asked of STS once, and again shortly before they end. */
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { Fault } from '../../core/fault/fault.ts';
import type { AwsCredentials, CredentialsSource } from './aws-credentials.ts';
import { eksFault } from './eks-fault.ts';

/** Longer than a token counts, so that no token ends with the credentials it was signed with. */
const marginMs = 20 * 60_000;

export type AssumeRoleOptions = {
  /** Of the region of the cluster: one region's trouble is not another's. */
  sts: STSClient;
  target: { region: string; roleArn: string; externalId?: string };
  installation: string;
  now: () => number;
};

/** Faults of `current`: eks.access_denied and others of eks.*. */
export function assumeRole(options: AssumeRoleOptions): CredentialsSource {
  const { now } = options;
  let known: { credentials: AwsCredentials; until: number } | undefined;
  let asking: Promise<AwsCredentials> | undefined;

  async function ask(): Promise<AwsCredentials> {
    const credentials = await askSts(options);
    known = { credentials, until: credentials.expiration.getTime() - marginMs };
    return credentials;
  }

  return {
    async current() {
      if (known !== undefined && now() < known.until) return known.credentials;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    renew() {
      known = undefined;
    },
  };
}

/** Without a duration: an hour, which every role allows, also to who has assumed a role already. */
async function askSts({ sts, target, installation }: AssumeRoleOptions) {
  const { roleArn, externalId, region } = target;
  const about = { action: 'sts:AssumeRole', resource: roleArn, region };
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: sessionName(installation),
    ...(externalId !== undefined && { ExternalId: externalId }),
  });
  const { Credentials: given } = await sts.send(command).catch((error: unknown) => {
    throw eksFault(error, { ...about, ...(externalId !== undefined && { externalId }) });
  });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Fault('eks.failed', { ...about, because: 'the answer has no credentials' });
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

/** What CloudTrail and the cluster's audit log show. STS takes 64 characters of `[\w+=,.@-]`. */
function sessionName(installation: string): string {
  return `trueup-${installation}`.slice(0, 64);
}
