/** What became of a render as bytes, and read again by who asked: the sender ran other people's charts, so nothing of it is trusted. */
import * as z from 'zod';
import { Fault } from '../../core/fault/fault.ts';
import { isAsFromYaml } from '../../core/object/is-as-from-yaml.ts';
import type { KubernetesObject } from '../../core/object/kubernetes-object.ts';
import type { Manifest } from '../../core/object/manifest.ts';
import { readJson } from '../../core/object/read-json.ts';
import { believeFault, type ToldFault, toldFault } from '../../core/render/believe-fault.ts';
import { checkObject } from '../../core/render/check-object.ts';
import { staysInside } from '../../core/render/repository-path.ts';
import type { Rendered } from '../../ports/renderer.ts';

export type RenderResult = { rendered: Rendered } | { fault: ToldFault };

export function packResult(result: RenderResult): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(result));
}

/** Throws the fault that it tells of; render.remote_failed for what no render gives. */
export function unpackResult(bytes: Uint8Array): Rendered {
  const result = readJson(bytes);
  const told = bad.safeParse(result);
  if (told.success) throw believeFault(told.data.fault);
  const checked = good.safeParse(result);
  if (checked.success) return checked.data.rendered;
  const { path = [], message = '' } = checked.error.issues[0] ?? {};
  const because = `its result is none: ${path.join('.') || 'all of it'}: ${message}`;
  throw new Fault('render.remote_failed', { because });
}

const repositoryPath = z.string().refine(staysInside, 'not a path in a repository');

/** As it stands: a copy made by a schema would lose fields with strange names. */
const object = z.custom<KubernetesObject>(
  (value) => isAsFromYaml(value) && checkObject(value).object !== null,
  'not a Kubernetes object',
);

const manifest = z.strictObject({
  object,
  origin: z.strictObject({ file: repositoryPath, line: z.int().min(0) }),
}) satisfies z.ZodType<Manifest>;

const rendered = z.strictObject({
  tool: z.enum(['directory', 'kustomize', 'helm']),
  manifests: z.array(manifest),
  reads: z.array(repositoryPath),
  warnings: z.array(z.string()),
}) satisfies z.ZodType<Rendered>;

const good = z.strictObject({ rendered });
const bad = z.strictObject({ fault: toldFault });
