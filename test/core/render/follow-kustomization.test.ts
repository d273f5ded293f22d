import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { followKustomization } from '../../../lib/core/render/follow-kustomization.ts';
import { plainFiles } from '../../support/plain-files.ts';

test('follow-kustomization lists every file it reaches, and the names it looked for', () => {
  const files = plainFiles({
    'over/kustomization.yaml': [
      'resources: [../base, extra.yaml]',
      'components: [../part]',
      'patches: [{path: patch.yaml}, {patch: "{}", target: {kind: Deployment}}]',
      'configMapGenerator: [{name: c, files: [app.conf, key=other.conf], envs: [x.env]}]',
      'secretGenerator: [{name: s, env: s.env}]',
      'patchesStrategicMerge: ["apiVersion: v1\\nkind: X\\n"]',
      'replacements: [{path: r.yaml}]',
      'openapi: {path: schema.json}',
    ].join('\n'),
    'base/kustomization.yml': 'bases: [../root]\ncrds: [crd.json]\n',
    'root/Kustomization': 'resources: [a.yaml]\n',
    'part/kustomization.yaml': 'kind: Component\n',
    ...Object.fromEntries(
      ['over/extra.yaml', 'over/patch.yaml', 'over/app.conf', 'over/other.conf', 'over/x.env', 'over/s.env'].map(blank),
    ),
    ...Object.fromEntries(
      ['over/r.yaml', 'over/schema.json', 'base/crd.json', 'root/a.yaml', 'unrelated/z.yaml'].map(blank),
    ),
  });
  const { reads, faults } = followKustomization(files, 'over');
  deepEqual(faults, []);
  const found = reads.filter((path) => files.has(path));
  deepEqual(found, [...files.keys()].filter((path) => path !== 'unrelated/z.yaml').sort());
  deepEqual(
    reads.filter((path) => !files.has(path) && path.startsWith('base/')),
    ['base/Kustomization', 'base/kustomization.yaml'],
  );
});

test('follow-kustomization does not lose its way in a circle', () => {
  const files = plainFiles({
    'a/kustomization.yaml': 'resources: [../b]',
    'b/kustomization.yaml': 'resources: [../a]',
  });
  deepEqual(followKustomization(files, 'a').faults, []);
});

test('follow-kustomization reads everything where a builtin plugin may name further files', () => {
  const files = plainFiles({
    'a/kustomization.yaml': 'transformers: [t.yaml]',
    'a/t.yaml': 'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: x-\n',
  });
  deepEqual(followKustomization(files, 'a'), { reads: ['.'], faults: [] });
});

for (const target of [
  'https://example.com/x.yaml',
  'github.com/org/repo/base?ref=v1',
  'git@github.com:org/repo.git//base',
  'ssh://git@example.com/org/repo',
  'git::https://example.com/repo',
  'https://dev.azure.com/o/p/_git/r',
  'file:///etc/passwd',
]) {
  test(`follow-kustomization refuses the remote base ${target}`, () => refusesAt(`\nresources:\n- ${target}\n`, 3));
}

for (const { it, text, line } of [
  { it: 'a way out of the repository', text: 'resources:\n- a.yaml\n- ../../elsewhere\n', line: 3 },
  { it: 'an absolute path', text: 'resources: [/etc]\n', line: 1 },
  {
    it: 'a file of a generator from outside',
    text: 'configMapGenerator:\n- name: c\n  files: [x=../../../etc/hostname]\n',
    line: 3,
  },
  { it: 'Helm charts inside Kustomize', text: 'namePrefix: a-\nhelmCharts: [{name: x, repo: "https://x"}]\n', line: 2 },
  {
    it: 'an exec function',
    text: 'generators:\n- |-\n  apiVersion: example.com/v1\n  kind: Gen\n  metadata: {name: g, annotations: {config.kubernetes.io/function: "exec: {path: ./x.sh}"}}\n',
    line: 3,
  },
  { it: 'a Go plugin', text: 'transformers: [plugin.yaml]\n', line: 1 },
]) {
  test(`follow-kustomization refuses ${it}`, () => refusesAt(text, line));
}

test('follow-kustomization names the line of a file that is missing, and what is there', () => {
  const files = plainFiles({ 'a/kustomization.yaml': 'resources:\n- deploymnt.yaml\n', 'a/deployment.yaml': '' });
  const [fault] = followKustomization(files, 'a').faults;
  deepEqual([fault?.code, fault?.facts.line, fault?.facts.missing], ['render.file_missing', 2, 'a/deploymnt.yaml']);
  deepEqual(fault?.facts.known, 'deployment.yaml, kustomization.yaml');
});

test('follow-kustomization says when a base has no kustomization', () => {
  const files = plainFiles({ 'a/kustomization.yaml': 'resources: [../b]\n', 'b/x.yaml': '' });
  deepEqual(followKustomization(files, 'a').faults[0]?.facts.missing, 'kustomization file in b');
});

function refusesAt(text: string, line: number): void {
  const files = plainFiles({
    'a/kustomization.yaml': text,
    'a/a.yaml': '',
    'a/plugin.yaml': 'apiVersion: someteam.example.com/v1\nkind: Chart\nmetadata: {name: x}\n',
  });
  const { faults } = followKustomization(files, 'a');
  deepEqual(
    faults.map(({ code, facts }) => [code, facts.file, facts.line]),
    [['render.refused', 'a/kustomization.yaml', line]],
  );
}

function blank(path: string): [string, string] {
  return [path, ''];
}
