/** The AWS clients that signing in to EKS needs, each speaking to the region it is for. */
import { EKSClient } from '@aws-sdk/client-eks';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentials, CredentialsSource } from './aws-credentials.ts';

export type AwsClients = {
  /** With Trueup's own credentials; one for each region, kept. */
  sts(region: string): STSClient;
  /** A new one: the SDK remembers credentials, and these may be renewed. To be destroyed by who asked. */
  eks(region: string, credentials: CredentialsSource): EKSClient;
};

/** Without `connectionTimeout` a function in a VPC without a way out would wait until it is stopped. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** Default: the endpoints of AWS, and the credentials that the SDK finds. */
export function openAwsClients(options: { endpoint?: string; credentials?: AwsCredentials } = {}): AwsClients {
  const sts = new Map<string, STSClient>();
  const where = options.endpoint === undefined ? {} : { endpoint: options.endpoint };
  return {
    sts(region) {
      const known = sts.get(region);
      if (known !== undefined) return known;
      const opened = new STSClient({ ...options, region, requestHandler });
      sts.set(region, opened);
      return opened;
    },
    eks: (region, credentials) =>
      new EKSClient({ ...where, region, requestHandler, credentials: () => credentials.current() }),
  };
}
