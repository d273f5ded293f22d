/** Chooses the tool for a source as Argo CD does: what the Application says, else what lies in the folder. */
import type { Source } from '../application/application.ts';
import { inFolder } from './repository-path.ts';
import type { PlainFiles } from './resolve-links.ts';

export type Tool = 'directory' | 'kustomize' | 'helm';

/** In the order in which Kustomize looks for them. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** Where a folder has both a kustomization and a chart it is Kustomize's, as in Argo CD. */
export function detectTool(files: PlainFiles, source: Source): Tool {
  if (source.directory !== undefined) return 'directory';
  if (source.kustomize !== undefined) return 'kustomize';
  if (source.helm !== undefined) return 'helm';
  const has = (name: string) => files.has(inFolder(source.path, name));
  if (kustomizationNames.some(has)) return 'kustomize';
  return has('Chart.yaml') ? 'helm' : 'directory';
}

/** What was looked for to decide, so that its appearance is noticed. */
export function lookedFor(path: string): string[] {
  return [...kustomizationNames, 'Chart.yaml'].map((name) => inFolder(path, name));
}
