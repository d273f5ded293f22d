import { deepEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import type { KustomizeSource } from '../../../lib/core/application/application.ts';
import { editKustomization } from '../../../lib/core/render/edit-kustomization.ts';
import { readKustomization } from '../../../lib/core/render/read-kustomization.ts';
import { plainFiles } from '../../support/plain-files.ts';

for (const { it, text, edits, gives } of [
  { it: 'leaves all else as it is', text: 'resources: [a.yaml]', edits: {}, gives: { resources: ['a.yaml'] } },
  {
    it: 'replaces prefix, suffix and namespace',
    text: 'namePrefix: a-\nnamespace: x',
    edits: { namePrefix: 'b-', nameSuffix: '-c', namespace: 'y' },
    gives: { namePrefix: 'b-', nameSuffix: '-c', namespace: 'y' },
  },
  {
    it: 'reads images in every form',
    text: '{}',
    edits: { images: ['a:1', 'b=c:2', 'd@sha256:12', 'e=f', 'g=host:5000/h:3', 'i=j@sha256:34'] },
    gives: {
      images: [
        { name: 'a', newTag: '1' },
        { name: 'b', newName: 'c', newTag: '2' },
        { name: 'd', digest: 'sha256:12' },
        { name: 'e', newName: 'f' },
        { name: 'g', newName: 'host:5000/h', newTag: '3' },
        { name: 'i', newName: 'j', digest: 'sha256:34' },
      ],
    },
  },
  {
    it: 'replaces an image of the same name and keeps what * stands for',
    text: 'images: [{name: a, newName: x, newTag: "1"}, {name: b, newTag: "1"}]',
    edits: { images: ['a=*:2'] },
    gives: {
      images: [
        { name: 'b', newTag: '1' },
        { name: 'a', newName: 'x', newTag: '2' },
      ],
    },
  },
  {
    it: 'sets replicas by name',
    text: 'replicas: [{name: a, count: 1}, {name: b, count: 1}]',
    edits: { replicas: [{ name: 'a', count: 5 }] },
    gives: {
      replicas: [
        { name: 'b', count: 1 },
        { name: 'a', count: 5 },
      ],
    },
  },
  {
    it: 'adds labels and annotations',
    text: 'commonLabels: {a: b}',
    edits: { commonLabels: { c: 'd' }, commonAnnotations: { e: 'f' } },
    gives: { commonLabels: { a: 'b', c: 'd' }, commonAnnotations: { e: 'f' } },
  },
] satisfies { it: string; text: string; edits: KustomizeSource; gives: object }[]) {
  test(`edit-kustomization ${it}`, () => {
    deepEqual(editKustomization(kustomization(text), edits), { ...gives, buildMetadata: ['originAnnotations'] });
  });
}

test('edit-kustomization keeps the metadata that was asked for', () => {
  const { buildMetadata } = editKustomization(kustomization('buildMetadata: [managedByLabel, originAnnotations]'), {});
  deepEqual(buildMetadata, ['managedByLabel', 'originAnnotations']);
});

test('edit-kustomization refuses a label that is there already, at its line', () => {
  throws(() => editKustomization(kustomization('commonLabels:\n  a: b'), { commonLabels: { a: 'c' } }), {
    code: 'render.failed',
    message: /kustomization\.yaml:2: commonLabels has a already/,
  });
});

function kustomization(text: string) {
  const read = readKustomization(plainFiles({ 'kustomization.yaml': text }), '.')?.kustomization;
  if (read === undefined) throw new Error('not a kustomization');
  return read;
}
