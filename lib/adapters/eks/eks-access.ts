/** Access to an EKS cluster: its endpoint and certificate authority from AWS, and a token signed here. No kubeconfig, no secret. */
import { adviseAccess } from '../../core/eks/advise-access.ts';
import type { EksCluster, EksTarget } from '../../core/eks/eks-cluster.ts';
import { endpointOf } from '../../core/eks/endpoint-of.ts';
import { Fault, mayRetry } from '../../core/fault/fault.ts';
import type { Access, AccessSource } from '../../ports/cluster-access.ts';
import type { AwsClients } from './aws-clients.ts';
import { describeCluster } from './describe-cluster.ts';
import { eksCredentials } from './eks-credentials.ts';
import { presignToken } from './eks-token.ts';

/** A cluster made anew under its name has another endpoint: it is found after this time at the latest. */
const rememberMs = 5 * 60_000;
/** A token is used for the last time this long before it ends: a request may wait in line. */
const marginMs = 60_000;
/** A cluster that refuses us whatever we do is not worth a call to AWS for every request. */
const renewEveryMs = 10_000;

export type EksAccessOptions = {
  /** As in clusters[].name. */
  name: string;
  eks: EksTarget;
  /** Part of the session name of an assumed role. */
  installation: string;
  clients: AwsClients;
  now: () => number;
};

/** Faults of `current`: eks.*. */
export function eksAccess({ name, eks, installation, clients, now }: EksAccessOptions): AccessSource {
  const credentials = eksCredentials({ target: eks, clients, installation, now });
  let described: EksCluster | undefined;
  let known: { access: Access; until: number } | undefined;
  let loading: Promise<Access> | undefined;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let principal: string | null = eks.roleArn ?? null;

  async function load(): Promise<Access> {
    described = await describe().catch((fault: unknown) => {
      if (!(fault instanceof Fault)) throw fault;
      // A role that was made anew does not know the credentials of its predecessor.
      if (fault.info.http === 401) credentials.renew();
      // What AWS said last is good enough while it cannot be asked.
      if (described !== undefined && mayRetry(fault)) return described;
      throw fault;
    });
    const { origin, certificateAuthority: ca } = endpointOf(described, name);
    const { cluster, region } = eks;
    const at = now();
    const signed = await presignToken({ cluster, region, credentials: await credentials.current(), now: at });
    const access: Access = {
      origin,
      prefix: '',
      // Named alone, so that no other authority counts: a public one that was misled cannot stand in.
      tls: { ca },
      headers: { authorization: `Bearer ${signed.token}` },
      advice: adviseAccess(described, principal),
    };
    known = { access, until: Math.min(at + rememberMs, signed.expiresAt - marginMs) };
    return access;
  }

  async function describe(): Promise<EksCluster> {
    const client = clients.eks(eks.region, credentials);
    try {
      return await describeCluster(client, eks);
    } finally {
      client.destroy();
    }
  }

  async function loadAfterRefusal(): Promise<Access> {
    principal ??= await credentials.principal();
    return load();
  }

  return {
    async current() {
      if (known !== undefined && now() < known.until) return known.access;
      const wasRefused = renewedAt > Number.NEGATIVE_INFINITY;
      loading ??= (wasRefused ? loadAfterRefusal() : load()).finally(() => {
        loading = undefined;
      });
      return loading;
    },
    renew(refused) {
      if (known?.access !== refused || now() < renewedAt + renewEveryMs) return;
      renewedAt = now();
      known = undefined;
      credentials.renew();
    },
  };
}
