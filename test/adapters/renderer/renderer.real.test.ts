/** The renderer over the real kubectl and helm: its contract, and object by object the same as the tools alone. */
import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findTools } from '../../../infra/local/tools.ts';
import { createRenderer } from '../../../lib/adapters/renderer/create-renderer.ts';
import { type Isolation, isRoot } from '../../../lib/adapters/renderer/isolation.ts';
import type { Manifest } from '../../../lib/core/object/manifest.ts';
import { parseManifests } from '../../../lib/core/render/parse-manifests.ts';
import { rendererContract, renderRequest } from '../../contracts/renderer.contract.ts';
import { configMap } from '../../support/source-files.ts';

const tools = await findTools();
const renderer = createRenderer(tools);

rendererContract('process', () => renderer);

const weaker: Isolation[] = isRoot() ? ['user', 'none'] : ['none'];
for (const isolation of weaker) {
  const renderer = createRenderer({ ...tools, isolation });
  rendererContract(`process with isolation ${isolation},`, () => renderer);
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}, annotations: {note: kept}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1.27", args: ["yes", "0777", "on"]}]
`;

const overlay = {
  'base/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator: [{name: conf, literals: [a=b]}]\n',
  'base/web.yaml': deployment,
  'app/kustomization.yaml': `resources: [../base]
components: [../part]
namespace: shop
nameSuffix: -prod
images: [{name: nginx, newTag: "1.29"}]
labels: [{pairs: {team: a}, includeSelectors: false}]
patches:
- target: {kind: Deployment}
  patch: |
    - {op: replace, path: /spec/replicas, value: 4}
`,
  'part/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nsecretGenerator: [{name: s, literals: [k=v]}]\n',
};

const chart = {
  'app/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'app/values.yaml': 'names: [a, b, c]\n',
  'app/templates/all.yaml': `{{- range .Values.names }}\n---\n${configMap('{{ . }}', 'data: {big: "{{ 1e6 }}", yes: "on"}\n')}{{- end }}\n`,
  'app/templates/_helpers.tpl': '{{- define "x" -}}x{{- end -}}\n',
  'app/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
  'app/charts/db/templates/web.yaml': deployment,
  'app/crds/crd.yaml': configMap('crd'),
};

test('renderer gives object by object what kubectl kustomize prints', async (t) => {
  const { manifests } = await renderer.render(renderRequest(overlay, {}));
  deepEqual(objects(manifests), toolAlone(t, overlay, tools.kubectl, ['kustomize', 'app']));
});

test('renderer gives object by object what helm template prints', async (t) => {
  const { manifests } = await renderer.render(renderRequest(chart, {}));
  const args = ['template', 'shop', 'app', '--namespace', 'prod', '--include-crds', '--kube-version', 'v1.36.3'];
  deepEqual(objects(manifests), toolAlone(t, chart, tools.helm, args));
});

test('renderer edits a kustomization as kustomize edit would', async () => {
  const kustomize = {
    images: ['nginx=registry.example.com/nginx:2'],
    replicas: [{ name: 'web', count: 7 }],
    commonLabels: { owner: 'us' },
    namespace: 'other',
  };
  const { manifests } = await renderer.render(
    renderRequest({ ...overlay, 'app/kustomization.yaml': 'resources: [../base]\n' }, { kustomize }),
  );
  const [web] = manifests.filter(({ object }) => object.kind === 'Deployment').map(({ object }) => object);
  equal(JSON.stringify(web?.spec).includes('"image":"registry.example.com/nginx:2"'), true);
  equal(JSON.stringify(web?.spec).includes('"replicas":7'), true);
  deepEqual(web?.metadata, {
    name: 'web',
    namespace: 'other',
    labels: { app: 'web', owner: 'us' },
    annotations: { note: 'kept' },
  });
});

function toolAlone(t: TestContext, texts: Record<string, string>, program: string, args: string[]): unknown[] {
  const folder = mkdtempSync(join(tmpdir(), 'trueup-tool-alone-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const env = { HOME: folder };
  return objects(
    parseManifests(execFileSync(program, args, { cwd: folder, env, encoding: 'utf8', timeout: 20_000 }), 'x'),
  );
}

function objects(manifests: readonly Manifest[]): unknown[] {
  return manifests.map(({ object }) => object);
}
