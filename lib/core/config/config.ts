/** `trueup.yaml`: one schema for its type, its check, the JSON Schema for editors and the reference page. */
import * as z from 'zod';
import { prefixKey } from '../revision/covers-repository.ts';
import { gitHost } from './git-host-config.ts';
import { secretReference } from './secret-reference.ts';

const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: 'lower-case letters, digits and - (it becomes part of URLs)' });
const seconds = z.int().min(1);

const sqliteStore = z.strictObject({
  kind: z.literal('sqlite').describe('One SQLite file; several processes on one machine may use it at once.'),
  path: z.string().min(1).describe('The database file, relative to trueup.yaml. Its blobs and key lie beside it.'),
});
const awsStore = z.strictObject({
  kind: z.literal('aws').describe('What `npm run deploy` made: a DynamoDB table, an S3 bucket, an SQS queue.'),
  stack: z.string().min(1).describe('Name of the CloudFormation stack: `trueup-STAGE`.'),
  region: z.string().min(1).describe('AWS region of the stack.'),
});
const store = z
  .discriminatedUnion('kind', [sqliteStore, awsStore])
  .describe('Where Trueup keeps what it knows. Git and the clusters are enough to rebuild it.');

const eksPlace = {
  region: z.string().min(1).describe('AWS region of the cluster.'),
  roleArn: z.string().min(1).optional().describe('Role to assume first, for a cluster of another account.'),
  externalId: z.string().min(2).optional().describe('External id that the role demands.'),
};

const cluster = z
  .strictObject({
    name: name.describe('What Applications write as `destination.name`.'),
    server: z.url().optional().describe('What Applications write as `destination.server`.'),
    kubeconfig: z
      .union([z.string().min(1), secretReference])
      .optional()
      .describe(
        'A kubeconfig: a file, relative to trueup.yaml, or a secret that holds one with all it needs: no program, no file.',
      ),
    context: z.string().min(1).optional().describe('A context of the kubeconfig. Default: its current one.'),
    inCluster: z
      .literal(true)
      .optional()
      .describe('Trueup runs in this cluster; Applications call it `https://kubernetes.default.svc`.'),
    eks: z
      .strictObject({ cluster: z.string().min(1).describe('Name of the EKS cluster.'), ...eksPlace })
      .optional()
      .describe('An EKS cluster: tokens of 15 minutes from an IAM role, and no kubeconfig.'),
    project: z
      .string()
      .min(1)
      .optional()
      .describe('The AppProject whose Applications alone may use it. Left out: those of every project may.'),
    concurrency: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('How many Applications are worked on at once in this cluster.'),
  })
  .superRefine((entry, context) => {
    const ways = (['kubeconfig', 'inCluster', 'eks'] as const).filter((way) => entry[way] !== undefined);
    if (ways.length !== 1) {
      context.addIssue({ code: 'custom', message: 'exactly one of kubeconfig, inCluster and eks' });
    }
    if (entry.context !== undefined && entry.kubeconfig === undefined) {
      context.addIssue({ code: 'custom', path: ['context'], message: 'context only beside kubeconfig' });
    }
  });

const clusterSearch = z
  .strictObject({
    tag: z
      .string()
      .regex(/^[^=]+(=.*)?$/, { error: '`KEY` or `KEY=VALUE`' })
      .describe('EKS clusters that carry this tag, `KEY` or `KEY=VALUE`, are clusters by their own name.'),
    ...eksPlace,
  })
  .describe('Finds EKS clusters, so that a new one needs no change here.');

const credential = z
  .strictObject({
    urlPrefix: z.url().describe('Repositories whose URL starts with this; the longest prefix wins.'),
    project: z
      .string()
      .min(1)
      .optional()
      .describe('The AppProject whose Applications alone may use it. Left out: every one may.'),
    username: z.string().min(1).optional().describe('User name; most Git hosts take any with a token.'),
    password: secretReference.describe('Password or token.'),
  })
  .describe('Credentials by URL, for repositories that the token of their Git host does not open.');

const fleet = z
  .strictObject({
    path: z.string().min(1).optional().describe('A folder, relative to trueup.yaml, or within `repoURL`.'),
    repoURL: z.string().min(1).optional().describe('A repository of one of gitHosts[]; it is kept in sync itself.'),
    targetRevision: z.string().min(1).optional().describe('Branch, tag or SHA of `repoURL`. Default: HEAD.'),
  })
  .superRefine((entry, context) => {
    if (entry.path === undefined && entry.repoURL === undefined) {
      context.addIssue({ code: 'custom', message: 'path (a folder), or repoURL and path' });
    }
    if (entry.targetRevision !== undefined && entry.repoURL === undefined) {
      context.addIssue({ code: 'custom', path: ['targetRevision'], message: 'targetRevision only beside repoURL' });
    }
  })
  .describe('The folder or repository that holds the Application documents.');

const render = z
  .strictObject({
    allowHosts: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Hosts from which bases and charts may be fetched. This version fetches none: all lies in the repository.',
      ),
    timeoutMs: z.int().min(1000).max(600_000).default(60_000).describe('Time for one render, in milliseconds.'),
    maxOutputBytes: z.int().min(1).default(33_554_432).describe('Size of what one render may print, in bytes.'),
  })
  .prefault({})
  .describe('Limits of rendering.');

const slack = z.strictObject({
  name: name.describe('Name of the channel, for logs and notices.'),
  url: secretReference.describe('The incoming-webhook URL; it is a secret.'),
  applications: z.array(z.string().min(1)).default(['*']).describe('Globs of Application names that it gets.'),
});

const notifications = z
  .strictObject({ slack: z.array(slack).default([]).describe('Slack incoming webhooks.') })
  .prefault({})
  .describe('Who is told of what happens.');

const drift = z
  .strictObject({
    sweepSeconds: seconds
      .default(60)
      .describe(
        'How often every cluster is swept and every repository asked for its heads, beside watches and pushes.',
      ),
  })
  .prefault({})
  .describe('How hand edits are found.');

const access = z
  .strictObject({
    tokens: z
      .array(
        z.strictObject({ name: name.describe('Whose token it is.'), token: secretReference.describe('The token.') }),
      )
      .min(1)
      .describe('Bearer tokens that may read /api/v1.'),
  })
  .describe('Who may read the API. Left out: this machine only.');

export const configSchema = z
  .strictObject({
    installation: z
      .string()
      .regex(/^[a-zA-Z0-9]([-_.a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/, {
        error: 'a Kubernetes label value of 1 to 63 letters',
      })
      .default('trueup')
      .describe('Marks our objects where several installations share a cluster.'),
    store,
    gitHosts: z.array(gitHost).min(1).describe('The Git hosts whose repositories are deployed.'),
    clusters: z.array(cluster).default([]).describe('The clusters that are deployed to.'),
    clusterSearches: z.array(clusterSearch).default([]).describe('EKS clusters found by tag.'),
    credentials: z.array(credential).default([]).describe('Credentials by URL, for Git, Helm and OCI.'),
    fleet,
    render,
    notifications,
    drift,
    access: access.optional(),
  })
  .superRefine((config, context) => {
    if (config.clusters.length + config.clusterSearches.length === 0) {
      context.addIssue({ code: 'custom', path: ['clusters'], message: 'at least one cluster' });
    }
    for (const list of ['gitHosts', 'clusters'] as const) {
      config[list].forEach(({ name }, index) => {
        if (config[list].findIndex((other) => other.name === name) < index) {
          context.addIssue({ code: 'custom', path: [list, index, 'name'], message: `a name that no other entry has` });
        }
      });
    }
    config.credentials.forEach((entry, index) => {
      const isSame = (other: typeof entry) =>
        other.project === entry.project && prefixKey(other.urlPrefix) === prefixKey(entry.urlPrefix);
      if (config.credentials.findIndex(isSame) < index) {
        const message = 'a prefix that no other entry of this project has';
        context.addIssue({ code: 'custom', path: ['credentials', index, 'urlPrefix'], message });
      }
    });
  });

export type Config = z.output<typeof configSchema>;
export type ClusterConfig = Config['clusters'][number];
export type ClusterSearch = Config['clusterSearches'][number];
export type SqliteStoreConfig = z.output<typeof sqliteStore>;
export type AwsStoreConfig = z.output<typeof awsStore>;

/** The JSON Schema of `trueup.yaml`, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configSchema, { io: 'input' });
}
