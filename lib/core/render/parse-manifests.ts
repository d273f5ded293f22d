/** Reads a text of YAML or JSON documents into manifests, as `kubectl apply -f` would, and says all that is wrong at once. */
import { collectFaults } from '../fault/collect-faults.ts';
import { Fault } from '../fault/fault.ts';
import type { Manifest } from '../object/manifest.ts';
import { lineInDocument } from '../yaml/line-of.ts';
import { readYaml, type YamlDocument } from '../yaml/read-yaml.ts';
import { checkObject } from './check-object.ts';

/**
 * `file` is named in origins and faults. Faults: render.yaml_invalid, render.duplicate_key, render.not_an_object,
 * render.metadata_invalid; with several, `facts.problems` holds them all.
 */
export function parseManifests(text: string, file: string): Manifest[] {
  const { manifests, faults } = readManifests(text, file);
  if (faults.length > 0) throw collectFaults(faults);
  return manifests;
}

/** The same without throwing, for callers with many files. */
export function readManifests(text: string, file: string): { manifests: Manifest[]; faults: Fault[] } {
  const { documents, faults } = readYaml(text, file);
  const manifests: Manifest[] = [];
  for (const document of documents) {
    for (const { value, path } of objectsOf(document.value)) {
      const line = lineInDocument(document, document.node, path);
      const { object, problems } = checkObject(value);
      if (object !== null) manifests.push({ object, origin: { file, line } });
      faults.push(...problems.map((problem) => problemFault(problem, { document, path, file, line })));
    }
  }
  return { manifests, faults: faults.toSorted((a, b) => Number(a.facts.line) - Number(b.facts.line)) };
}

type Found = { value: unknown; path: (string | number)[] };
type Place = { document: YamlDocument; path: readonly (string | number)[]; file: string; line: number };

/** A document with `items` is a list, whatever its kind; an item may inherit `kind` and `apiVersion` from it (apimachinery). */
function objectsOf(value: unknown): Found[] {
  if (!isRecord(value) || !Array.isArray(value.items)) return [{ value, path: [] }];
  const { kind, apiVersion } = value;
  const ofItems = typeof kind === 'string' && kind !== 'List' && kind.endsWith('List') ? kind.slice(0, -4) : undefined;
  return value.items.flatMap((item: unknown, index) => {
    if (item === null) return [];
    const inherits =
      isRecord(item) && item.kind === undefined && item.apiVersion === undefined && ofItems !== undefined;
    return objectsOf(inherits ? { apiVersion, kind: ofItems, ...item } : item).map((found) => ({
      value: found.value,
      path: ['items', index, ...found.path],
    }));
  });
}

function problemFault(problem: ReturnType<typeof checkObject>['problems'][number], place: Place): Fault {
  const { document, path, file, line } = place;
  if (problem.missing !== undefined) return new Fault('render.not_an_object', { file, line, missing: problem.missing });
  return new Fault('render.metadata_invalid', {
    file,
    line: lineInDocument(document, document.node, [...path, ...problem.path]),
    path: problem.path.join('.'),
    found: problem.found,
    allowed: problem.allowed,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
