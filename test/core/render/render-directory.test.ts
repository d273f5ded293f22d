import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectorySource } from '../../../lib/core/application/application.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { renderDirectory } from '../../../lib/core/render/render-directory.ts';
import { plainFiles } from '../../support/plain-files.ts';
import { configMap } from '../../support/source-files.ts';

const files = plainFiles({
  'app/a.yaml': configMap('a'),
  'app/b.yml': configMap('b'),
  'app/c.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}',
  'app/readme.md': '# no manifest',
  'app/values.yaml': 'replicas: 3\n',
  'app/skipped.yaml': `# +argocd:skip-file-rendering\n${configMap('skipped')}`,
  'app/deep/d.yaml': configMap('d'),
  'app/deep/test/e.yaml': configMap('e'),
  'application/f.yaml': configMap('f'),
});

for (const { it, directory, gives } of [
  { it: 'reads YAML and JSON of the folder itself', directory: {}, gives: ['a', 'b', 'c'] },
  { it: 'goes into folders with recurse', directory: { recurse: true }, gives: ['a', 'b', 'c', 'd', 'e'] },
  {
    it: 'takes only what include matches, across slashes',
    directory: { recurse: true, include: '*.yaml' },
    gives: ['a', 'd', 'e'],
  },
  { it: 'lets exclude win', directory: { recurse: true, include: '*.yaml', exclude: '{*test*,a.yaml}' }, gives: ['d'] },
  { it: 'gives nothing where nothing is chosen', directory: { include: 'nothing' }, gives: [] },
]) {
  test(`render-directory ${it}`, () => deepEqual(names(directory), gives));
}

test('render-directory says which YAML it left out', () => {
  deepEqual(renderDirectory(request({})).warnings, ['app/values.yaml was left out: it holds no Kubernetes object']);
});

test('render-directory reports the mistakes of all files at once', () => {
  const broken = plainFiles({
    'app/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nx: [\n',
    'app/b.yaml': `${configMap('b')}---\nfoo: bar\n`,
    'app/c.yaml': configMap('c'),
  });
  throws(
    () => renderDirectory({ ...request({}), files: broken }),
    (error) => {
      if (!(error instanceof Fault)) return false;
      const problems = error.facts.problems as { facts: { file: string } }[];
      deepEqual(
        problems.map(({ facts }) => facts.file),
        ['app/a.yaml', 'app/b.yaml'],
      );
      match(error.message, /^app\/a\.yaml:/);
      return true;
    },
  );
});

test('render-directory refuses Jsonnet instead of losing it', () => {
  throws(() => renderDirectory({ ...request({}), files: plainFiles({ 'app/x.jsonnet': '{}' }) }), {
    code: 'render.refused',
  });
});

test('render-directory counts documents before it reads them', () => {
  const many = (count: number) => plainFiles({ 'app/a.yaml': `---\n${configMap('a')}`.repeat(count) });
  equal(renderDirectory({ ...request({}), files: many(100) }).manifests.length, 100);
  throws(() => renderDirectory({ ...request({}), files: many(102) }), { code: 'render.too_large' });
});

test('render-directory stops at the limit on bytes', () => {
  throws(() => renderDirectory({ ...request({}), maxBytes: 100 }), { code: 'render.too_large' });
  equal(renderDirectory({ ...request({ include: 'a.yaml' }), maxBytes: 100 }).manifests.length, 1);
});

function request(directory: Partial<DirectorySource>) {
  return {
    files,
    path: 'app',
    directory: { recurse: false, include: '', exclude: '', ...directory },
    maxBytes: 1e6,
    maxObjects: 100,
  };
}

function names(directory: Partial<DirectorySource>): string[] {
  return renderDirectory(request(directory)).manifests.map(({ object }) => object.metadata.name);
}
