/** Renders a kustomization with `kubectl kustomize`. */
import { collectFaults } from '../../core/fault/collect-faults.ts';
import { Fault } from '../../core/fault/fault.ts';
import type { Manifest } from '../../core/object/manifest.ts';
import { editKustomization } from '../../core/render/edit-kustomization.ts';
import { explainFailure } from '../../core/render/explain-failure.ts';
import { followKustomization } from '../../core/render/follow-kustomization.ts';
import { kustomizeOrigins } from '../../core/render/kustomize-origins.ts';
import { type Kustomization, readKustomization } from '../../core/render/read-kustomization.ts';
import { readPrinted } from '../../core/render/read-printed.ts';
import { resolvePath } from '../../core/render/repository-path.ts';
import type { PlainFile, PlainFiles } from '../../core/render/resolve-links.ts';
import type { RenderRequest } from '../../ports/renderer.ts';
import { withBundle } from './bundle.ts';
import type { Tool } from './tool.ts';

type Result = { manifests: Manifest[]; reads: string[]; warnings: string[] };

/** What the kustomization reaches is judged before anything runs. */
export async function renderKustomize(files: PlainFiles, { source }: RenderRequest, kubectl: Tool): Promise<Result> {
  const folder = source.path;
  const { reads, faults } = followKustomization(files, folder);
  if (faults.length > 0) throw collectFaults(faults);
  const kustomization = readKustomization(files, folder)?.kustomization;
  if (kustomization === undefined) throw new Fault('render.failed', { tool: 'Kustomize', path: folder });
  const edited = asFile(JSON.stringify(editKustomization(kustomization, source.kustomize ?? {})));
  const { result, reads: seen } = await withBundle(files, reads, (bundle) =>
    build(new Map([...bundle, [kustomization.file, edited]]), { folder, kustomization, files }, kubectl),
  );
  return { manifests: result, reads: seen, warnings: [] };
}

type Where = { folder: string; kustomization: Kustomization; files: PlainFiles };

async function build(bundle: PlainFiles, where: Where, kubectl: Tool): Promise<Manifest[]> {
  const { folder, kustomization, files } = where;
  const { exitCode, stdout, stderr, roots } = await kubectl.run(bundle, ['kustomize', `./${folder}`], folder);
  if (exitCode !== 0) {
    const fileNamed = (written: string) => {
      const path = resolvePath('.', written.replace(/^\/+/, ''));
      const below = resolvePath(folder, written.replace(/^\/+/, ''));
      return [path, below].find((candidate) => candidate !== null && files.has(candidate)) ?? null;
    };
    throw explainFailure({ tool: 'Kustomize', path: folder, stderr, roots, fileNamed });
  }
  return kustomizeOrigins(
    readPrinted(stdout, 'Kustomize', () => kustomization.file),
    where,
  );
}

function asFile(text: string): PlainFile {
  return { kind: 'file', bytes: new TextEncoder().encode(text), executable: false };
}
