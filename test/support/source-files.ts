/** Builds the files of a repository from texts. */
import type { SourceFile } from '../../lib/core/render/source-files.ts';

export function sourceFiles(texts: Record<string, string>): Map<string, SourceFile> {
  return new Map(
    Object.entries(texts).map(([path, text]) => [
      path,
      { kind: 'file', bytes: new TextEncoder().encode(text), executable: false },
    ]),
  );
}

/** A ConfigMap, the smallest manifest there is. */
export function configMap(name: string, rest = ''): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${rest}`;
}
