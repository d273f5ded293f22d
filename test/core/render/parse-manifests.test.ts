import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { parseManifests, readManifests } from '../../../lib/core/render/parse-manifests.ts';
import { decodeText } from '../../../lib/core/yaml/decode-text.ts';
import { configMap } from '../../support/source-files.ts';

const folder = join(import.meta.dirname, '../../golden/yaml');
const golden = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

for (const file of golden.filter((name) => name.endsWith('.same.yaml'))) {
  test(`parse-manifests reads ${file} as kubectl does`, () => {
    const kept = JSON.parse(readFileSync(join(folder, file.replace('.same.yaml', '.kubectl.json')), 'utf8'));
    deepEqual(objectsOf(goldenText(file)), kept);
  });
}

for (const file of golden.filter((name) => !name.endsWith('.same.yaml'))) {
  test(`parse-manifests refuses ${file} and names the line`, () => {
    const { faults } = readManifests(goldenText(file), file);
    ok(faults.length > 0);
    for (const fault of faults) match(fault.message, new RegExp(`^${file.replaceAll('.', '\\.')}:[1-9]`));
  });
}

test('parse-manifests says where each document and each item of a list begins', () => {
  const text = `# a comment\n\n${configMap('a')}---\n\napiVersion: v1\nkind: List\nitems:\n- ${configMap('b').replaceAll('\n', '\n  ')}\n`;
  deepEqual(
    parseManifests(text, 'x.yaml').map(({ object, origin }) => [object.metadata.name, origin]),
    [
      ['a', { file: 'x.yaml', line: 3 }],
      ['b', { file: 'x.yaml', line: 12 }],
    ],
  );
});

test('parse-manifests reports the problems of all documents at once, in their order', () => {
  const text = `a: b: c\n---\n${configMap('fine')}---\nkind: Thing\n---\n${configMap('x', 'data: {k: 1, k: 2}\n')}`;
  throws(
    () => parseManifests(text, 'x.yaml'),
    (error) => {
      ok(error instanceof Fault);
      equal(error.code, 'render.yaml_invalid');
      const problems = error.facts.problems as { code: string; facts: { line: number } }[];
      deepEqual(
        problems.map(({ code, facts }) => [code, facts.line]),
        [
          ['render.yaml_invalid', 1],
          ['render.not_an_object', 8],
          ['render.duplicate_key', 14],
        ],
      );
      return true;
    },
  );
});

for (const { it, text, missing } of [
  { it: 'a document without a name', text: 'apiVersion: v1\nkind: Pod\n', missing: 'metadata.name' },
  { it: 'values that are no object', text: 'replicas: 3\n', missing: 'apiVersion, kind, metadata.name' },
  {
    it: 'a name that is a number',
    text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: 12}\n',
    missing: 'metadata.name',
  },
  {
    it: 'generateName alone',
    text: 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n',
    missing: 'metadata.name',
  },
]) {
  test(`parse-manifests says what ${it} lacks`, () => {
    const { faults } = readManifests(text, 'x.yaml');
    deepEqual(
      faults.map(({ code, facts }) => [code, facts.missing]),
      [['render.not_an_object', missing]],
    );
  });
}

test('parse-manifests points at the annotation that needs quotes', () => {
  const text = configMap('a', '  labels: {app: null}\n  annotations:\n    fine: "1"\n    prometheus.io/port: 8080\n');
  deepEqual(
    readManifests(text, 'x.yaml').faults.map(({ facts }) => [facts.line, facts.path, facts.found]),
    [
      [5, 'metadata.labels.app', 'null'],
      [8, 'metadata.annotations.prometheus.io/port', '8080'],
    ],
  );
});

test('parse-manifests takes null metadata for not given', () => {
  const [manifest] = parseManifests(configMap('a', '  labels:\n  namespace: null\n'), 'x.yaml');
  deepEqual(manifest?.object.metadata, { name: 'a' });
});

test('parse-manifests opens lists in lists and passes over null items', () => {
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [null, { apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'p' } }] }],
  });
  deepEqual(objectsOf(text), [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }]);
  deepEqual(objectsOf('apiVersion: v1\nkind: List\nitems: []\n'), []);
});

test('parse-manifests reads nothing out of an empty file', () => {
  for (const text of ['', '\n\n', '# only words\n', '---\n---\n', 'null\n', '\uFEFF']) deepEqual(objectsOf(text), []);
});

test('parse-manifests refuses a key called __proto__ and nesting without end', () => {
  for (const text of [configMap('a', '__proto__: {x: 1}\n'), configMap('a', `deep: ${'['.repeat(5_000)}`)]) {
    equal(readManifests(text, 'x.yaml').faults[0]?.code, 'render.yaml_invalid');
  }
});

test('parse-manifests takes twice the time for twice the documents, not four times', { timeout: 30_000 }, () => {
  const documents = (count: number) =>
    Array.from({ length: count }, (_, index) => configMap(`a${index}`)).join('---\n');
  const timeOf = (text: string) => {
    const start = performance.now();
    parseManifests(text, 'x.yaml');
    return performance.now() - start;
  };
  timeOf(documents(500));
  const once = timeOf(documents(500));
  ok(timeOf(documents(4_000)) < 8 * once * 4);
});

test('parse-manifests reads UTF-16 with a byte order mark', () => {
  const text = configMap('größe');
  const bytes = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Buffer.from(text, 'utf16le'))]);
  deepEqual(objectsOf(decodeText(bytes) ?? ''), objectsOf(text));
  equal(decodeText(new Uint8Array([0x61, 0xff, 0x62])), null);
});

function objectsOf(text: string): unknown[] {
  return parseManifests(text, 'x.yaml').map(({ object }) => object);
}

function goldenText(file: string): string {
  const text = decodeText(readFileSync(join(folder, file)));
  if (text === null) throw new Error(`${file} is no text`);
  return text;
}
