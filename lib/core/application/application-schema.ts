/** What an Argo CD `Application` document may hold: all of its fields, also those that Trueup does not act on. */
import * as z from 'zod';
import { globProblem } from '../render/glob.ts';
import { resolvePath } from '../render/repository-path.ts';
import { parseDuration } from './parse-duration.ts';

const text = z.string();
const texts = z.array(text);
const textMap = z.record(text, text);
/** Read so that it is known; `unacted-fields.ts` says what becomes of it. */
const unacted = z.unknown().optional();

const duration = z.union([text, z.int()]).transform((written, context) => {
  const milliseconds = parseDuration(String(written));
  if (milliseconds !== null) return milliseconds;
  context.addIssue({ code: 'custom', message: 'a duration such as 5s or 3m' });
  return z.NEVER;
});

const glob = text.refine((pattern) => globProblem(pattern) === null, 'a glob with every [ and { closed');

const path = text
  .min(1)
  .refine(
    (written) => !written.startsWith('/') && resolvePath('.', written) !== null,
    'a folder inside the repository, relative to its root',
  )
  .transform((written) => resolvePath('.', written) ?? '.');

const directory = z.strictObject({
  recurse: z.boolean().default(false),
  include: glob.default(''),
  exclude: glob.default(''),
  jsonnet: unacted,
});

const replicas = z.strictObject({
  name: text,
  count: z.union([z.int().min(0), text.regex(/^\d+$/).transform(Number)]),
});

const kustomize = z.strictObject({
  namePrefix: text.optional(),
  nameSuffix: text.optional(),
  namespace: text.optional(),
  images: texts.optional(),
  commonLabels: textMap.optional(),
  commonAnnotations: textMap.optional(),
  replicas: z.array(replicas).optional(),
  patches: unacted,
  components: unacted,
  forceCommonLabels: unacted,
  forceCommonAnnotations: unacted,
  labelWithoutSelector: unacted,
  labelIncludeTemplates: unacted,
  commonAnnotationsEnvsubst: unacted,
  ignoreMissingComponents: unacted,
  version: unacted,
  kubeVersion: unacted,
  apiVersions: unacted,
});

const helm = z.strictObject({
  releaseName: text.optional(),
  valueFiles: texts.optional(),
  ignoreMissingValueFiles: z.boolean().optional(),
  values: text.optional(),
  valuesObject: z.record(text, z.unknown()).optional(),
  parameters: z
    .array(z.strictObject({ name: text, value: text.default(''), forceString: z.boolean().optional() }))
    .optional(),
  fileParameters: z.array(z.strictObject({ name: text, path: text })).optional(),
  skipCrds: z.boolean().optional(),
  skipTests: z.boolean().optional(),
  namespace: text.optional(),
  kubeVersion: text.optional(),
  apiVersions: texts.optional(),
  version: unacted,
  passCredentials: unacted,
  skipSchemaValidation: unacted,
});

const source = z
  .strictObject({
    repoURL: text.min(1),
    targetRevision: text.default('HEAD').transform((revision) => revision || 'HEAD'),
    path,
    directory: directory.optional(),
    kustomize: kustomize.optional(),
    helm: helm.optional(),
    chart: unacted,
    plugin: unacted,
    ref: unacted,
    name: unacted,
    tagPrefix: unacted,
  })
  .refine(
    (given) => [given.directory, given.kustomize, given.helm].filter((block) => block !== undefined).length <= 1,
    'at most one of directory, kustomize and helm',
  );

const destination = z
  .strictObject({ server: text.min(1).optional(), name: text.min(1).optional(), namespace: text.default('') })
  .refine(({ server, name }) => (server === undefined) !== (name === undefined), 'exactly one of server and name');

const backoff = z.strictObject({
  duration: duration.default(5_000),
  factor: z.int().min(1).default(2),
  maxDuration: duration.default(180_000),
});

/** With a mark of ours a Namespace would pass for one that is tracked. */
const othersMarks = z
  .record(text, text)
  .refine((given) => Object.keys(given).every((key) => !key.startsWith('trueup.dev/')), 'no key of trueup.dev/')
  .default({});

const syncPolicy = z.strictObject({
  automated: z
    .strictObject({
      enabled: z.boolean().default(true),
      prune: z.boolean().default(false),
      selfHeal: z.boolean().default(false),
      allowEmpty: z.boolean().default(false),
    })
    .optional(),
  syncOptions: texts.default([]),
  retry: z
    .strictObject({ limit: z.int().min(-1).default(5), backoff: backoff.prefault({}), refresh: unacted })
    .prefault({}),
  managedNamespaceMetadata: z.strictObject({ labels: othersMarks, annotations: othersMarks }).optional(),
});

const ignoreDifference = z.strictObject({
  group: glob.default(''),
  kind: glob,
  name: text.optional(),
  namespace: text.optional(),
  jsonPointers: texts.default([]),
  jqPathExpressions: texts.default([]),
  managedFieldsManagers: texts.default([]),
});

/** The part of the document that says what to do. `metadata` is read by the border for all objects. */
export const specSchema = z.strictObject({
  project: text.default('default').transform((project) => project || 'default'),
  source,
  destination,
  syncPolicy: syncPolicy.prefault({}),
  ignoreDifferences: z.array(ignoreDifference).default([]),
  info: unacted,
  revisionHistoryLimit: z.int().min(0).optional(),
  sourceHydrator: unacted,
});

export type Spec = z.infer<typeof specSchema>;
