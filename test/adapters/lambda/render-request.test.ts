import { deepEqual, throws } from 'node:assert/strict';
import test from 'node:test';
import { packRequest, unpackRequest } from '../../../lib/adapters/lambda/render-request.ts';
import type { Source } from '../../../lib/core/application/application.ts';
import { packFiles } from '../../../lib/core/render/pack-files.ts';
import type { SourceFile } from '../../../lib/core/render/source-files.ts';
import type { RenderRequest } from '../../../lib/ports/renderer.ts';
import { renderRequest } from '../../contracts/renderer.contract.ts';

const helm: Required<NonNullable<Source['helm']>> = {
  releaseName: 'r',
  valueFiles: ['/values/prod.yaml'],
  ignoreMissingValueFiles: true,
  values: 'a: 1\n',
  valuesObject: { a: { b: [1, null, 'x'] } },
  parameters: [
    { name: 'a', value: '1', forceString: true },
    { name: 'b', value: '' },
  ],
  fileParameters: [{ name: 'c', path: 'x.txt' }],
  skipCrds: true,
  skipTests: true,
  namespace: 'n',
  kubeVersion: 'v1.30.0',
  apiVersions: ['example.com/v1'],
};

const kustomize: Required<NonNullable<Source['kustomize']>> = {
  namePrefix: 'a-',
  nameSuffix: '-b',
  namespace: 'n',
  images: ['nginx=registry.example.com/nginx:2'],
  commonLabels: { a: 'b' },
  commonAnnotations: { c: 'd' },
  replicas: [{ name: 'web', count: 3 }],
};

for (const { it, source } of [
  { it: 'of a folder', source: { directory: { recurse: true, include: '*.yaml', exclude: '' } } },
  { it: 'of a kustomization', source: { kustomize } },
  { it: 'of a chart', source: { helm } },
  { it: 'that leaves the tool open', source: { path: '.' } },
]) {
  test(`render-request ${it} arrives as it was sent, with every field`, () => {
    const sent = renderRequest({ 'app/a.yaml': 'a: 1\n', empty: '' }, source, { everDeployed: true });
    deepEqual(comparable(unpackRequest(packRequest(sent))), comparable(sent));
  });
}

test('render-request carries links and what may be executed', () => {
  const files = new Map<string, SourceFile>([
    ['run.sh', { kind: 'file', bytes: Buffer.from('#!/bin/sh\n'), executable: true }],
    ['link', { kind: 'symlink', target: 'run.sh' }],
  ]);
  const sent = renderRequest({}, {}, { files });
  deepEqual(comparable(unpackRequest(packRequest(sent))), comparable(sent));
});

test('render-request leaves at home what else is known of the cluster', () => {
  const facts = { kubeVersion: 'v1.36.3', apiVersions: ['v1'], kinds: ['much'] };
  deepEqual(unpackRequest(packRequest(renderRequest({}, {}, { cluster: facts }))).cluster, {
    kubeVersion: 'v1.36.3',
    apiVersions: ['v1'],
  });
});

for (const { it, about } of [
  { it: 'a field that only a newer version knows', about: { ...parts({}), jsonnet: true } },
  { it: 'a source that only a newer version knows', about: parts({ plugin: {} }) },
  { it: 'a path out of the repository', about: parts({ path: '../x' }) },
  { it: 'nothing at all', about: null },
]) {
  test(`render-request refuses ${it}`, () => {
    throws(() => unpackRequest(packFiles({ about, files: new Map() })), {
      code: 'render.remote_failed',
      message: /something this version does not know/,
    });
  });
}

function parts(source: Record<string, unknown>): Record<string, unknown> {
  const { files: _, ...about } = renderRequest({}, {});
  return { ...about, source: { ...about.source, ...source } };
}

function comparable({ files, ...about }: RenderRequest): unknown {
  return {
    ...about,
    files: [...files].map(([path, file]) => [path, file.kind === 'file' ? { ...file, bytes: [...file.bytes] } : file]),
  };
}
