/** Renders with the tool a source asks for: plain manifests here, Kustomize and Helm through their real programs. */
import { Fault } from '../../core/fault/fault.ts';
import { completeReads } from '../../core/render/complete-reads.ts';
import { detectTool } from '../../core/render/detect-tool.ts';
import { renderDirectory } from '../../core/render/render-directory.ts';
import { inFolder, isFolder, listFolder } from '../../core/render/repository-path.ts';
import { type PlainFiles, resolveLinks } from '../../core/render/resolve-links.ts';
import type { Rendered, Renderer, RenderRequest } from '../../ports/renderer.ts';
import type { Isolation } from './isolation.ts';
import { renderHelm } from './render-helm.ts';
import { renderKustomize } from './render-kustomize.ts';
import { createTool, type ToolLimits } from './tool.ts';

export type RenderLimits = ToolLimits & { maxObjects: number; maxFiles: number };

/** `kubectl` and `helm`: absolute paths. `isolation`: in place of the strongest that works on this machine. `folder`: as in `ToolOptions`. */
export type RendererOptions = {
  kubectl: string;
  helm: string;
  limits?: Partial<RenderLimits>;
  isolation?: Isolation;
  folder?: string;
};

/** For `doctor`: how far each program is locked away on this machine. */
export type ProcessRenderer = Renderer & { isolation(): Promise<{ kubectl: Isolation; helm: Isolation }> };

export const defaultRenderLimits: RenderLimits = {
  timeoutMs: 60_000,
  maxOutputBytes: 32 * 1024 * 1024,
  memoryBytes: 3 * 1024 * 1024 * 1024,
  maxObjects: 20_000,
  maxFiles: 100_000,
};

export function createRenderer({ kubectl, helm, limits: given, ...tools }: RendererOptions): ProcessRenderer {
  const limits = { ...defaultRenderLimits, ...given };
  const kustomizeTool = createTool('kubectl', kubectl, { limits, ...tools });
  const helmTool = createTool('helm', helm, { limits, ...tools });
  return {
    isolation: async () => ({ kubectl: await kustomizeTool.isolation(), helm: await helmTool.isolation() }),
    render: async (request) => {
      const { source } = request;
      const files = resolveLinks(request.files, { repoURL: source.repoURL, maxFiles: limits.maxFiles });
      if (!isFolder(files, source.path)) throw pathMissing(files, request);
      const tool = detectTool(files, source);
      const rendered = await renderWith(tool, files, request);
      if (rendered.manifests.length > limits.maxObjects) throw tooMany(source.path, limits.maxObjects);
      const reads = completeReads(request.files, source.path, rendered.reads);
      return { ...rendered, tool, reads, warnings: [...rendered.warnings, ...overrideWarnings(files, request)] };
    },
  };

  async function renderWith(
    tool: Rendered['tool'],
    files: PlainFiles,
    request: RenderRequest,
  ): Promise<Omit<Rendered, 'tool'>> {
    if (tool === 'kustomize') return renderKustomize(files, request, kustomizeTool);
    if (tool === 'helm') return renderHelm(files, request, helmTool);
    const { path, directory = { recurse: false, include: '', exclude: '' } } = request.source;
    return {
      ...renderDirectory({ files, path, directory, maxBytes: limits.maxOutputBytes, maxObjects: limits.maxObjects }),
      reads: [path],
    };
  }
}

function pathMissing(files: PlainFiles, { source, revision }: RenderRequest): Fault {
  const folder = nearestFolder(files, source.path);
  const known = listFolder(files, folder).slice(0, 50).join(', ') || 'nothing';
  const { repoURL, path } = source;
  return new Fault('render.path_missing', {
    path,
    repoURL,
    revision,
    known: folder === '.' ? known : `${folder}/: ${known}`,
  });
}

function nearestFolder(files: PlainFiles, path: string): string {
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  return isFolder(files, parent) ? parent : nearestFolder(files, parent);
}

function tooMany(path: string, limit: number): Fault {
  return new Fault('render.too_large', { path, limit, what: 'objects' });
}

/** Argo CD merges these files into the source; Trueup does not, and says so. */
function overrideWarnings(files: PlainFiles, { source, application }: RenderRequest): string[] {
  return ['.argocd-source.yaml', `.argocd-source-${application}.yaml`]
    .map((name) => inFolder(source.path, name))
    .filter((path) => files.has(path))
    .map((path) => `${path} is not read by this version: write its settings into the Application.`);
}
