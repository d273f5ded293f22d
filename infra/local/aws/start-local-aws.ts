/** Starts ministack, which plays the AWS services that Trueup uses and runs our functions on Node. */
import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { modulesFolder } from '../modules-folder.ts';
import type { ClientConfig, LocalAws, LocalAwsOptions } from './local-aws.ts';
import { installPythonTool, ministackTool } from './python-tools.ts';
import { queueMessages } from './queue-messages.ts';
import { startServer } from './start-server.ts';

const account = '000000000000';

/** Ready in about a second once it is in the cache. Faults: local.program_missing, install_failed, start_failed. */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const region = options.region ?? 'eu-west-1';
  const programs = await installPythonTool(ministackTool);
  const webhookToken = randomBytes(24).toString('hex');
  const server = await startServer({
    name: 'ministack',
    readyWithinMs: 30_000,
    isReady: async (endpoint) => (await fetch(`${endpoint}/_ministack/health`)).ok,
    async command({ port, folder }) {
      await mkdir(join(folder, 'temp'));
      return {
        path: join(programs, 'python'),
        args: [join(modulesFolder(), 'aws', 'start-ministack.py')],
        env: { ...ministackEnv({ port, folder, region, options }), EKS_WEBHOOK_TOKEN: webhookToken },
      };
    },
  });
  const { endpoint, folder, logFile, pid, stop } = server;
  const clientConfig: ClientConfig = {
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const clusters = new Map<string, { endpoint: string; ca: string }>();
  return {
    ...clientConfig,
    clientConfig,
    env: environment(clientConfig),
    account,
    logFile,
    pid,
    queueMessages: (queueUrl) => queueMessages(endpoint, queueUrl),
    eksAuthUrl: (cluster, of = {}) =>
      `${endpoint}/_ministack/eks-auth/${of.account ?? account}/${of.region ?? region}/${cluster}/${webhookToken}`,
    async serveEks(cluster, apiServer) {
      clusters.set(cluster, { endpoint: apiServer.server, ca: Buffer.from(apiServer.ca).toString('base64') });
      const half = `${clustersFile(folder)}.half`;
      await writeFile(half, JSON.stringify(Object.fromEntries(clusters)));
      await rename(half, clustersFile(folder));
    },
    async reset() {
      const answer = await fetch(`${endpoint}/_ministack/reset`, { method: 'POST' });
      if (!answer.ok) throw new Error(`ministack was not reset: ${answer.status} ${await answer.text()}`);
    },
    stop,
  };
}

/** Functions inherit what ministack was given, so nothing of ours is among it. */
function ministackEnv(place: { port: number; folder: string; region: string; options: LocalAwsOptions }) {
  const { port, folder, region, options } = place;
  return {
    PATH: [options.nodeOnPath ?? dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: folder,
    TMPDIR: join(folder, 'temp'),
    // Every interface by default.
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: region,
    AUTH: String(options.auth ?? true),
    IOT_MTLS_ENABLED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    EKS_CLUSTERS_FILE: clustersFile(folder),
    ...options.env,
  };
}

function clustersFile(folder: string): string {
  return join(folder, 'eks-clusters.json');
}

function environment({ endpoint, region, credentials }: ClientConfig): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
