/** What every renderer promises. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Source } from '../../lib/core/application/application.ts';
import type { Fault } from '../../lib/core/fault/fault.ts';
import type { SourceFile } from '../../lib/core/render/source-files.ts';
import type { Rendered, Renderer, RenderRequest } from '../../lib/ports/renderer.ts';
import { configMap, sourceFiles } from '../support/source-files.ts';

type Open = (t: TestContext) => Promise<Renderer> | Renderer;

export function rendererContract(adapter: string, open: Open): void {
  directoryContract(adapter, open);
  kustomizeContract(adapter, open);
  helmContract(adapter, open);
  refusalContract(adapter, open);
}

export function renderRequest(
  texts: Record<string, string>,
  source: Partial<Source>,
  more: Partial<RenderRequest> = {},
): RenderRequest {
  return {
    files: sourceFiles(texts),
    source: { repoURL: 'https://git.example.com/shop', targetRevision: 'main', path: 'app', ...source },
    application: 'shop',
    namespace: 'prod',
    revision: '0123456789abcdef0123456789abcdef01234567',
    cluster: { kubeVersion: 'v1.36.3', apiVersions: ['v1', 'apps/v1'] },
    everDeployed: false,
    ...more,
  };
}

function directoryContract(adapter: string, open: Open): void {
  test(`${adapter} renderer: a folder gives its manifests, with the place of each in Git`, async (t) => {
    const renderer = await open(t);
    const texts = { 'app/a.yaml': `# a\n${configMap('a')}---\n${configMap('b')}`, 'other/c.yaml': configMap('c') };
    const rendered = await renderer.render(renderRequest(texts, {}));
    equal(rendered.tool, 'directory');
    deepEqual(places(rendered), ['a app/a.yaml:2', 'b app/a.yaml:7']);
    deepEqual(rendered.reads, ['app']);
  });

  test(`${adapter} renderer: a folder without manifests gives none`, async (t) => {
    const renderer = await open(t);
    deepEqual((await renderer.render(renderRequest({ 'app/readme.md': '' }, {}))).manifests, []);
  });

  test(`${adapter} renderer: a path that is missing is a fault that says what is there`, async (t) => {
    const renderer = await open(t);
    const request = renderRequest({ 'apps/web/a.yaml': '', 'readme.md': '' }, { path: 'apps/wbe' });
    await rejects(renderer.render(request), {
      code: 'render.path_missing',
      facts: { ...missingFacts, known: 'apps/: web/' },
    });
  });

  test(`${adapter} renderer: a link is followed inside the repository, and then everything counts as read`, async (t) => {
    const renderer = await open(t);
    const { files, ...request } = renderRequest({ 'real/a.yaml': configMap('a') }, {});
    const linked = new Map<string, SourceFile>([...files, ['app', { kind: 'symlink', target: 'real' }]]);
    const rendered = await renderer.render({ ...request, files: linked });
    deepEqual([places(rendered), rendered.reads], [['a app/a.yaml:1'], ['.']]);
  });

  test(`${adapter} renderer: a link out of the repository is refused`, async (t) => {
    const renderer = await open(t);
    const { files, ...request } = renderRequest({ 'app/b.yaml': '' }, {});
    const linked = new Map<string, SourceFile>([
      ...files,
      ['app/a.yaml', { kind: 'symlink', target: '/etc/hostname' }],
    ]);
    await rejects(renderer.render({ ...request, files: linked }), { code: 'git.unsafe_path' });
  });
}

const missingFacts = {
  path: 'apps/wbe',
  repoURL: 'https://git.example.com/shop',
  revision: '0123456789abcdef0123456789abcdef01234567',
};

const overlay = {
  'base/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator: [{name: conf, files: [app.conf]}]\n',
  'base/web.yaml': `# web\n${configMap('web')}---\n${configMap('api')}`,
  'base/app.conf': 'a=b',
  'app/kustomization.yaml': 'resources: [../base]\nnamePrefix: git-\n',
};

function kustomizeContract(adapter: string, open: Open): void {
  test(`${adapter} renderer: a kustomization is built, and each object knows its file`, async (t) => {
    const renderer = await open(t);
    const rendered = await renderer.render(renderRequest(overlay, {}));
    equal(rendered.tool, 'kustomize');
    match(
      places(rendered).sort().join('\n'),
      /^git-api base\/web.yaml:7\ngit-conf-\w+ base\/kustomization.yaml:0\ngit-web base\/web.yaml:2$/,
    );
    ok(rendered.manifests.every(({ object }) => object.metadata.annotations === undefined));
    const found = rendered.reads.filter((path) => path in overlay);
    deepEqual(found, Object.keys(overlay).sort());
    ok(rendered.reads.includes('base/kustomization.yml'), 'what was looked for counts as read');
  });

  test(`${adapter} renderer: the Application's kustomize block wins over the kustomization`, async (t) => {
    const renderer = await open(t);
    const kustomize = { namePrefix: 'app-', nameSuffix: '-x', namespace: 'n', commonAnnotations: { a: 'b' } };
    const { manifests } = await renderer.render(renderRequest(overlay, { kustomize }));
    const web = manifests.find(({ object }) => object.metadata.name.includes('web'));
    deepEqual(web?.object.metadata, { name: 'app-web-x', namespace: 'n', annotations: { a: 'b' } });
  });

  test(`${adapter} renderer: what Kustomize says of broken YAML names the file in Git`, async (t) => {
    const renderer = await open(t);
    const broken = { 'app/kustomization.yaml': 'resources: [x.yaml]\n', 'app/x.yaml': 'apiVersion: v1\nkind: [\n' };
    await rejects(renderer.render(renderRequest(broken, {})), (fault: Fault) => {
      deepEqual([fault.code, fault.facts.file], ['render.failed', 'app/x.yaml']);
      ok(!fault.message.includes('trueup-render'), fault.message);
      return true;
    });
  });
}

const chart = {
  'app/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'app/values.yaml': 'a: chart\nb: chart\nc: chart\nd: chart\n',
  'app/templates/web.yaml': [
    configMap('{{ .Release.Name }}-web'),
    'data:',
    '  values: "{{ .Values.a }} {{ .Values.b }} {{ .Values.c }} {{ .Values.d }}"',
    '  release: "{{ .Release.Namespace }} {{ .Release.IsUpgrade }} {{ .Capabilities.KubeVersion.Version }}"',
    '  knows: "{{ .Capabilities.APIVersions.Has "example.com/v1" }}"',
  ].join('\n'),
  'app/templates/test.yaml': configMap('test', '  annotations: {helm.sh/hook: test}\n'),
  'app/templates/job.yaml': configMap('job', '  annotations: {helm.sh/hook: pre-install}\n'),
  'app/crds/crd.yaml': configMap('crd'),
  'values/prod.yaml': 'b: file\nc: file\nd: file\n',
};

function helmContract(adapter: string, open: Open): void {
  test(`${adapter} renderer: a chart gives its objects, hooks and CRDs, but not its tests`, async (t) => {
    const renderer = await open(t);
    const rendered = await renderer.render(renderRequest(chart, {}));
    equal(rendered.tool, 'helm');
    deepEqual(places(rendered).sort(), [
      'crd app/crds/crd.yaml:0',
      'job app/templates/job.yaml:0',
      'shop-web app/templates/web.yaml:0',
    ]);
    deepEqual(rendered.reads, ['app']);
  });

  test(`${adapter} renderer: parameters win over values, values over value files, files over the chart`, async (t) => {
    const renderer = await open(t);
    const helm = {
      valueFiles: ['/values/prod.yaml'],
      values: 'c: text\nd: text\n',
      parameters: [{ name: 'd', value: 'set, really' }],
      skipCrds: true,
    };
    const rendered = await renderer.render(renderRequest(chart, { helm }));
    equal(data(rendered, 'shop-web').values, 'chart file text set, really');
    deepEqual(rendered.reads, ['app', 'values/prod.yaml']);
    ok(!places(rendered).some((place) => place.startsWith('crd')));
  });

  test(`${adapter} renderer: a chart knows release, namespace, cluster and whether it was deployed before`, async (t) => {
    const renderer = await open(t);
    const cluster = { kubeVersion: 'v1.30.1', apiVersions: ['example.com/v1'] };
    const rendered = await renderer.render(
      renderRequest(chart, { helm: { releaseName: 'r' } }, { everDeployed: true, cluster }),
    );
    deepEqual([data(rendered, 'r-web').release, data(rendered, 'r-web').knows], ['prod true v1.30.1', 'true']);
  });

  test(`${adapter} renderer: a chart of the same repository is found as a dependency`, async (t) => {
    const renderer = await open(t);
    const linked = {
      'app/Chart.yaml':
        'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies: [{name: db, version: 1.0.0, repository: "file://../db"}]\n',
      'db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
      'db/templates/x.yaml': configMap('db'),
    };
    const rendered = await renderer.render(renderRequest(linked, {}));
    deepEqual([places(rendered), rendered.reads], [['db db/templates/x.yaml:0'], ['app', 'db']]);
  });

  test(`${adapter} renderer: a failing template is named with its line`, async (t) => {
    const renderer = await open(t);
    const broken = { ...chart, 'app/templates/web.yaml': 'a: 1\nb: {{ fail "no image given" }}\n' };
    await rejects(renderer.render(renderRequest(broken, {})), (fault: Fault) => {
      deepEqual([fault.code, fault.facts.file, fault.facts.line], ['render.failed', 'app/templates/web.yaml', 2]);
      match(fault.message, /no image given/);
      return true;
    });
  });

  test(`${adapter} renderer: an object without a name is a fault of its template`, async (t) => {
    const renderer = await open(t);
    const broken = {
      ...chart,
      'app/templates/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {labels: {a: 1}}\n',
    };
    await rejects(renderer.render(renderRequest(broken, {})), (fault: Fault) => {
      deepEqual([fault.code, fault.facts.file], ['render.not_an_object', 'app/templates/web.yaml']);
      return true;
    });
  });
}

function refusalContract(adapter: string, open: Open): void {
  for (const { it, texts, source, code } of [
    {
      it: 'a remote base',
      texts: { 'app/kustomization.yaml': 'resources: ["https://example.com/x.yaml"]' },
      source: {},
      code: 'render.refused',
    },
    {
      it: 'a base outside the repository',
      texts: { 'app/kustomization.yaml': 'resources: [../../x]' },
      source: {},
      code: 'render.refused',
    },
    {
      it: 'a value file outside the repository',
      texts: chart,
      source: { helm: { valueFiles: ['../../etc/passwd'] } },
      code: 'render.refused',
    },
    {
      it: 'a dependency that is not vendored',
      texts: { 'app/Chart.yaml': 'name: x\ndependencies: [{name: y, repository: "https://example.com"}]\n' },
      source: {},
      code: 'render.dependency_missing',
    },
  ]) {
    test(`${adapter} renderer: ${it} is refused`, async (t) => {
      const renderer = await open(t);
      await rejects(renderer.render(renderRequest(texts, source)), { code });
    });
  }
}

function places({ manifests }: Rendered): string[] {
  return manifests.map(({ object, origin }) => `${object.metadata.name} ${origin.file}:${origin.line}`);
}

function data({ manifests }: Rendered, name: string): Record<string, unknown> {
  const found = manifests.find(({ object }) => object.metadata.name === name)?.object.data;
  if (typeof found !== 'object' || found === null) throw new Error(`${name} has no data`);
  return { ...found };
}
