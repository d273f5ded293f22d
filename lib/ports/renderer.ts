/** Turns the files of a repository into manifests, with no credentials and no way out. Faults: `render.*`. */
import type { Source } from '../core/application/application.ts';
import type { Manifest } from '../core/object/manifest.ts';
import type { SourceFiles } from '../core/render/source-files.ts';

export type RenderRequest = {
  files: SourceFiles;
  source: Source;
  application: string;
  /** Namespace of the destination; Helm's release namespace. Not written into the objects: planning does that. */
  namespace: string;
  revision: string;
  /** `v1.36.3`, and what `helm template --api-versions` takes. */
  cluster: { kubeVersion: string; apiVersions: readonly string[] };
  /** False only before the first successful sync: Helm's `.Release.IsInstall`. */
  everDeployed: boolean;
};

export type Rendered = {
  tool: 'directory' | 'kustomize' | 'helm';
  manifests: Manifest[];
  /** Paths in the repository (files or folders) whose content decided the result, also those looked for and absent. */
  reads: string[];
  /** For people: what was left out and why. */
  warnings: string[];
};

export interface Renderer {
  render(request: RenderRequest): Promise<Rendered>;
}
