/** AWS on this machine for the demo and the tests, and what can be asked of it while it runs. */

/** What the constructor of any client of the AWS SDK takes. */
export type ClientConfig = {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
};

export type LocalAwsOptions = {
  /** Default: eu-west-1. */
  region?: string;
  /** Default: true. IAM decides what a role may do, and an unknown access key is refused. */
  auth?: boolean;
  /** Functions run on the Node of this folder; default is the Node that runs us. */
  nodeOnPath?: string;
  /** More for the environment of ministack, which every function sees too. */
  env?: Readonly<Record<string, string>>;
};

export type LocalAws = ClientConfig & {
  /** Of the root of account 000000000000. Any 12 digits as the access key are the root of the account of that number. */
  readonly clientConfig: ClientConfig;
  /** AWS_* for programs that find their settings there, such as osls and the AWS command line. */
  readonly env: Readonly<Record<string, string>>;
  readonly account: string;
  readonly logFile: string;
  readonly pid: number;
  /** Also those in flight or still delayed; looking changes nothing. */
  queueMessages(queueUrl: string): Promise<QueueMessage[]>;
  /**
   * The TokenReview webhook of an EKS cluster, for `--authentication-token-webhook-config-file` of its API server.
   * It can be named before the cluster is made.
   */
  eksAuthUrl(cluster: string, of?: { account?: string; region?: string }): string;
  /** From now on EKS describes the cluster (`*`: every one) as this API server; `ca` is PEM. */
  serveEks(cluster: string, apiServer: { server: string; ca: string }): Promise<void>;
  /** As new. */
  reset(): Promise<void>;
  stop(): Promise<void>;
};

export type QueueMessage = { id: string; body: string; receiveCount: number };
