/** A render's request as bytes, and read again at the other end, where nobody is trusted for having the key. */
import * as z from 'zod';
import type { DirectorySource, HelmSource, KustomizeSource, Source } from '../../core/application/application.ts';
import { Fault } from '../../core/fault/fault.ts';
import { packFiles, unpackFiles } from '../../core/render/pack-files.ts';
import { staysInside } from '../../core/render/repository-path.ts';
import type { RenderRequest } from '../../ports/renderer.ts';

export function packRequest(request: RenderRequest): Uint8Array {
  const { files, source, application, namespace, revision, everDeployed } = request;
  const { kubeVersion, apiVersions } = request.cluster;
  const cluster = { kubeVersion, apiVersions };
  return packFiles({ files, about: { source, application, namespace, revision, cluster, everDeployed } });
}

/** Fault render.remote_failed for what `packRequest` of this version does not make. */
export function unpackRequest(bytes: Uint8Array): RenderRequest {
  const { about, files } = unpackFiles(bytes);
  const checked = asked.safeParse(about);
  if (checked.success) return { ...checked.data, files };
  const because = `the bundle asks for something this version does not know (${firstPath(checked.error)})`;
  throw new Fault('render.remote_failed', { because });
}

const text = z.string();
const texts = z.array(text);
const textMap = z.record(text, text);

const directory = z.strictObject({
  recurse: z.boolean(),
  include: text,
  exclude: text,
}) satisfies z.ZodType<DirectorySource>;

const kustomize = z.strictObject({
  namePrefix: text.exactOptional(),
  nameSuffix: text.exactOptional(),
  namespace: text.exactOptional(),
  images: texts.exactOptional(),
  commonLabels: textMap.exactOptional(),
  commonAnnotations: textMap.exactOptional(),
  replicas: z.array(z.strictObject({ name: text, count: z.int() })).exactOptional(),
}) satisfies z.ZodType<KustomizeSource>;

const helm = z.strictObject({
  releaseName: text.exactOptional(),
  valueFiles: texts.exactOptional(),
  ignoreMissingValueFiles: z.boolean().exactOptional(),
  values: text.exactOptional(),
  valuesObject: z.record(text, z.unknown()).exactOptional(),
  parameters: z
    .array(z.strictObject({ name: text, value: text, forceString: z.boolean().exactOptional() }))
    .exactOptional(),
  fileParameters: z.array(z.strictObject({ name: text, path: text })).exactOptional(),
  skipCrds: z.boolean().exactOptional(),
  skipTests: z.boolean().exactOptional(),
  namespace: text.exactOptional(),
  kubeVersion: text.exactOptional(),
  apiVersions: texts.exactOptional(),
}) satisfies z.ZodType<HelmSource>;

const source = z.strictObject({
  repoURL: text,
  targetRevision: text,
  path: text.refine(staysInside),
  directory: directory.exactOptional(),
  kustomize: kustomize.exactOptional(),
  helm: helm.exactOptional(),
}) satisfies z.ZodType<Source>;

const asked = z.strictObject({
  source,
  application: text,
  namespace: text,
  revision: text,
  cluster: z.strictObject({ kubeVersion: text, apiVersions: texts }),
  everDeployed: z.boolean(),
}) satisfies z.ZodType<Omit<RenderRequest, 'files'>>;

function firstPath({ issues }: z.ZodError): string {
  return issues[0]?.path.join('.') || 'its root';
}
