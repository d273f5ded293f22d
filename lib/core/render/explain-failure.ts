/** Turns what kubectl or helm printed when it failed into a fault that names file and line where the tool does. */
import { Fault } from '../fault/fault.ts';

export type Failure = {
  tool: 'Kustomize' | 'Helm';
  path: string;
  stderr: string;
  /** Folders that stand for the repository's root in the tool's eyes; taken out of its message. */
  roots: readonly string[];
  /** The repository's name of a file as the tool wrote it; null: not a file of it. */
  fileNamed: (written: string) => string | null;
};

const longestMessage = 2_000;

/** Faults: render.failed; render.too_large where the limit on memory was met. */
export function explainFailure({ tool, path, stderr, roots, fileNamed }: Failure): Fault {
  if (/^(fatal error: |runtime: ).*(out of memory|cannot allocate)/m.test(stderr)) {
    return new Fault('render.too_large', { path, limit: 'its limit', what: 'memory' });
  }
  const because = tidy(stderr, roots);
  const place = findPlace(because, fileNamed);
  return new Fault('render.failed', { tool, path, ...place, because });
}

function tidy(stderr: string, roots: readonly string[]): string {
  const message = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(# Warning:|Use --debug|WARNING:|level=WARN)/.test(line))
    .join('\n')
    .replace(/^(Error|error): /, '');
  const plain = roots.reduce((text, root) => text.replaceAll(`${root}/`, '').replaceAll(root, '.'), message);
  return plain.length > longestMessage ? `${plain.slice(0, longestMessage)} …` : plain || 'it gave no reason';
}

/** Helm: `template: shop/templates/web.yaml:12:14:`, `at (shop/templates/web.yaml:3:5)`; Kustomize: `yaml: line 7`. */
function findPlace(message: string, fileNamed: Failure['fileNamed']): { file?: string; line?: number } {
  for (const [, written = '', line] of message.matchAll(/([\w./@+-]+\.[\w]+)(?::(\d+))?/g)) {
    const file = fileNamed(written);
    if (file === null) continue;
    const yamlLine = /yaml: line (\d+)/.exec(message)?.[1];
    return { file, line: Number(line ?? yamlLine ?? 0) };
  }
  return {};
}
