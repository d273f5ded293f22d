/** What an Argo CD `AppProject` document may hold: all of its fields, also those that Trueup does not act on. */
import * as z from 'zod';
import { globProblem } from '../render/glob.ts';

const text = z.string();
/** Read so that it is known; `unacted-fields.ts` says what becomes of it. */
const unacted = z.unknown().optional();

const glob = text.refine((pattern) => globProblem(pattern) === null, 'a glob with every [ and { closed');
const globs = z.array(glob).default([]);

const namespacedKind = z.strictObject({ group: glob.default(''), kind: glob });
const clusterKind = z.strictObject({ group: glob.default(''), kind: glob, name: glob.default('') });

const destination = z
  .strictObject({
    server: glob.optional().transform((server) => server || undefined),
    name: glob.optional().transform((name) => name || undefined),
    namespace: glob.default(''),
  })
  .refine(({ server, name }) => server !== undefined || name !== undefined, 'server or name, or both');

/** Here nothing denies: the first entry that matches counts. */
const choosing = glob.refine((pattern) => !pattern.startsWith('!'), 'a glob without ! before it');

const serviceAccount = z.strictObject({
  server: choosing.min(1, 'a glob of servers'),
  namespace: choosing.default(''),
  defaultServiceAccount: text.regex(
    /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?:)?(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'a service account, NAME or NAMESPACE:NAME',
  ),
});

/** What is wrong with a time is found when it is judged, and blocks. */
const syncWindow = z.strictObject({
  kind: z.enum(['allow', 'deny'], 'allow or deny'),
  schedule: text.default(''),
  duration: text.default(''),
  timeZone: text.default('').transform((timeZone) => timeZone || 'UTC'),
  applications: z.array(text).default([]),
  namespaces: z.array(text).default([]),
  clusters: z.array(text).default([]),
  andOperator: z.boolean().default(false),
  manualSync: z.boolean().default(false),
  syncOverrun: z.boolean().default(false),
  description: text.default(''),
});

const orphanedResources = z.strictObject({
  warn: z.boolean().default(true),
  ignore: z
    .array(z.strictObject({ group: glob.default(''), kind: glob.default(''), name: glob.default('') }))
    .default([]),
});

export const projectSchema = z.strictObject({
  description: text.default(''),
  sourceRepos: globs,
  destinations: z.array(destination).default([]),
  clusterResourceWhitelist: z.array(clusterKind).default([]),
  clusterResourceBlacklist: z.array(clusterKind).default([]),
  namespaceResourceWhitelist: z.array(namespacedKind).optional(),
  namespaceResourceBlacklist: z.array(namespacedKind).default([]),
  permitOnlyProjectScopedClusters: z.boolean().default(false),
  destinationServiceAccounts: z.array(serviceAccount).default([]),
  syncWindows: z.array(syncWindow).default([]),
  orphanedResources: orphanedResources.optional(),
  roles: unacted,
  signatureKeys: unacted,
  sourceIntegrity: unacted,
  sourceNamespaces: unacted,
});

export type ProjectSpec = z.infer<typeof projectSchema>;
