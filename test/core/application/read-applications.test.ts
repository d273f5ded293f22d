import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { readApplications } from '../../../lib/core/application/read-applications.ts';
import { syncTimeout, waveTimeout } from '../../../lib/core/application/sync-timeout.ts';
import { configMap, sourceFiles } from '../../support/source-files.ts';

const minimal = `spec:
  source: {repoURL: "https://git.example.com/shop", path: deploy}
  destination: {name: prod}
`;

test('read-applications fills in what Argo CD would', () => {
  const { applications, faults, ignored } = read({ 'team/shop.yaml': document('shop', minimal) });
  deepEqual([faults, ignored], [[], []]);
  deepEqual(applications, [
    {
      name: 'shop',
      project: 'default',
      source: { repoURL: 'https://git.example.com/shop', targetRevision: 'HEAD', path: 'deploy' },
      destination: { name: 'prod', namespace: '' },
      syncPolicy: {
        automated: null,
        syncOptions: [],
        retry: { limit: 5, delayMs: 5_000, factor: 2, maxDelayMs: 180_000 },
      },
      ignoreDifferences: [],
      annotations: {},
      labels: {},
      finalizers: [],
      origin: { file: 'team/shop.yaml', line: 1 },
      warnings: [],
    },
  ]);
});

for (const { it, spec, path, gives } of [
  {
    it: 'automated alone means on',
    spec: 'syncPolicy: {automated: {}}',
    path: ['syncPolicy', 'automated'],
    gives: { prune: false, selfHeal: false, allowEmpty: false },
  },
  {
    it: 'automated with enabled null means on',
    spec: 'syncPolicy: {automated: {enabled: null, prune: true}}',
    path: ['syncPolicy', 'automated'],
    gives: { prune: true, selfHeal: false, allowEmpty: false },
  },
  {
    it: 'automated null means off',
    spec: 'syncPolicy: {automated: null}',
    path: ['syncPolicy', 'automated'],
    gives: null,
  },
  {
    it: 'enabled false means off',
    spec: 'syncPolicy: {automated: {enabled: false}}',
    path: ['syncPolicy', 'automated'],
    gives: null,
  },
  {
    it: 'durations are Go’s, or seconds',
    spec: 'syncPolicy: {retry: {limit: -1, backoff: {duration: 10, maxDuration: 1h2m0.5s, factor: 3}}}',
    path: ['syncPolicy', 'retry'],
    gives: { limit: -1, delayMs: 10_000, factor: 3, maxDelayMs: 3_720_500 },
  },
  { it: 'a limit of the history', spec: 'revisionHistoryLimit: 3', path: ['historyLimit'], gives: 3 },
  { it: 'an empty project is the default one', spec: 'project: ""', path: ['project'], gives: 'default' },
  {
    it: 'ignoreDifferences keeps only what is given',
    spec: 'ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]',
    path: ['ignoreDifferences'],
    gives: [
      {
        group: 'apps',
        kind: 'Deployment',
        jsonPointers: ['/spec/replicas'],
        jqPathExpressions: [],
        managedFieldsManagers: [],
      },
    ],
  },
]) {
  test(`read-applications: ${it}`, () => {
    const { applications, faults } = read({ 'a.yaml': document('shop', `${minimal}  ${spec}\n`) });
    deepEqual(faults, []);
    deepEqual(
      path.reduce((here, part) => (here as Record<string, never>)[part] as never, applications[0] as unknown),
      gives,
    );
  });
}

for (const { it, source, gives } of [
  {
    it: 'a directory block with its defaults',
    source: '{repoURL: r, path: ./a/b/, directory: {recurse: true}}',
    gives: { path: 'a/b', directory: { recurse: true, include: '', exclude: '' } },
  },
  { it: 'the root of a repository', source: '{repoURL: r, path: .}', gives: { path: '.' } },
  {
    it: 'a kustomize block',
    source: '{repoURL: r, path: a, kustomize: {images: ["a:1"], replicas: [{name: x, count: "3"}], version: v5}}',
    gives: { path: 'a', kustomize: { images: ['a:1'], replicas: [{ name: 'x', count: 3 }] } },
  },
  {
    it: 'a helm block, null in its values kept',
    source:
      '{repoURL: r, path: a, helm: {valuesObject: {a: null}, parameters: [{name: p, value: "1"}], skipCrds: null}}',
    gives: { path: 'a', helm: { valuesObject: { a: null }, parameters: [{ name: 'p', value: '1' }] } },
  },
]) {
  test(`read-applications reads ${it}`, () => {
    const { applications, faults } = read({
      'a.yaml': document('shop', `spec: {source: ${source}, destination: {name: prod}}\n`),
    });
    deepEqual(faults, []);
    deepEqual(applications[0]?.source, { repoURL: 'r', targetRevision: 'HEAD', ...gives });
  });
}

for (const [written, timeoutMs] of [
  ['1h', 3_600_000],
  ['90', 90_000],
] as const) {
  test(`read-applications takes ${written} as the time-out of a sync`, () => {
    const { applications, faults } = read({ 'a.yaml': annotated('sync-timeout', written) });
    deepEqual([faults, applications.map(syncTimeout)], [[], [timeoutMs]]);
  });
}

for (const written of ['soon', '1s', '25h']) {
  test(`read-applications refuses ${written} as the time-out of a sync`, () => {
    deepEqual(problems({ 'a.yaml': annotated('sync-timeout', written) }), [
      ['application.invalid', 3, 'metadata.annotations.trueup.dev/sync-timeout'],
    ]);
  });
}

for (const written of ['yes', '5', '25h', '']) {
  test(`read-applications refuses '${written}' as the policy to roll back by itself`, () => {
    deepEqual(problems({ 'a.yaml': annotated('auto-rollback', written) }), [
      ['application.invalid', 3, 'metadata.annotations.trueup.dev/auto-rollback'],
    ]);
  });
}

for (const { name, allowed } of [
  { name: 'depend-on', allowed: 'did you mean trueup.dev/depends-on?' },
  { name: 'wave-timeuot', allowed: 'did you mean trueup.dev/wave-timeout?' },
  {
    name: 'something-else',
    allowed:
      'trueup.dev/depends-on, trueup.dev/sync-timeout, trueup.dev/wave-timeout, trueup.dev/auto-rollback, trueup.dev/rollback-pull-request, trueup.dev/tracking',
  },
]) {
  test(`read-applications refuses ${name}, which nobody knows`, () => {
    const [fault] = read({ 'a.yaml': annotated(name, 'x') }).faults;
    deepEqual(
      [fault?.code, fault?.facts.path, fault?.facts.allowed],
      ['application.invalid', `metadata.annotations.trueup.dev/${name}`, allowed],
    );
  });
}

test('read-applications refuses an approval that is no time', () => {
  const text = annotated('x', 'yes').replace('trueup.dev/x', 'argocd.argoproj.io/deletion-approved');
  deepEqual(problems({ 'a.yaml': text }), [
    ['application.invalid', 3, 'metadata.annotations.argocd.argoproj.io/deletion-approved'],
  ]);
});

test('read-applications takes what a document carries that Trueup itself applied', () => {
  deepEqual(read({ 'a.yaml': annotated('tracking-id', 'fleet:argoproj.io/Application:argocd/shop') }).faults, []);
});

for (const [written, timeoutMs] of [
  [undefined, Number.POSITIVE_INFINITY],
  ['45s', 45_000],
] as const) {
  test(`read-applications: a wave may take ${written ?? 'as long as its sync'}`, () => {
    const given = written === undefined ? document('shop', minimal) : annotated('wave-timeout', written);
    deepEqual(read({ 'a.yaml': given }).applications.map(waveTimeout), [timeoutMs]);
  });
}

for (const written of ['', 'db,', 'my database']) {
  test(`read-applications refuses '${written}' as what it depends on`, () => {
    deepEqual(problems({ 'a.yaml': annotated('depends-on', written) }), [
      ['application.invalid', 3, 'metadata.annotations.trueup.dev/depends-on'],
    ]);
  });
}

function annotated(name: string, written: string): string {
  const metadata = `metadata: {name: shop, annotations: {trueup.dev/${name}: "${written}"}}`;
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\n${metadata}\n${minimal}`;
}

test('read-applications takes the only entry of sources, and points into it', () => {
  const good = document(
    'shop',
    'spec: {sources: [{repoURL: r, path: a}], source: {repoURL: other}, destination: {name: prod}}\n',
  );
  equal(read({ 'a.yaml': good }).applications[0]?.source.repoURL, 'r');
  const bad = document('shop', 'spec:\n  sources:\n  - repoURL: r\n    path: 5\n  destination: {name: prod}\n');
  deepEqual(problems({ 'a.yaml': bad }), [['application.invalid', 7, 'spec.sources[0].path']]);
});

test('read-applications reports every mistake of every document at once', () => {
  const bad = document(
    'Shop',
    `spec:
  source:
    repoURL: 5
    path: ../outside
    directory: {include: "{a"}
    helm: {parameters: [{name: a, value: 3}]}
  destination: {name: a, server: b}
  syncPolicy:
    automated: yes
    retry: {backoff: {duration: soon}}
`,
  );
  deepEqual(problems({ 'a.yaml': bad, 'b.yaml': document('other', 'spec: {destination: {}}\n') }), [
    ['application.invalid', 3, 'metadata.name'],
    ['application.invalid', 6, 'spec.source.repoURL'],
    ['application.invalid', 7, 'spec.source.path'],
    ['application.invalid', 8, 'spec.source.directory.include'],
    ['application.invalid', 9, 'spec.source.helm.parameters[0].value'],
    ['application.invalid', 10, 'spec.destination'],
    ['application.invalid', 12, 'spec.syncPolicy.automated'],
    ['application.invalid', 13, 'spec.syncPolicy.retry.backoff.duration'],
    ['application.invalid', 4, 'spec.source'],
    ['application.invalid', 4, 'spec.destination'],
  ]);
});

test('read-applications says what was found and what is allowed', () => {
  const { faults } = read({ 'a.yaml': document('shop', `${minimal}  syncPolicy: {automated: true}\n`) });
  equal(faults[0]?.message, 'a.yaml:7: Application shop is not valid at spec.syncPolicy.automated');
  equal(faults[0]?.hint, 'Found true; allowed: a mapping.');
});

for (const { it, source, path } of [
  {
    it: 'a chart of a Helm repository',
    source: '{repoURL: r, chart: x, targetRevision: 1.0.0}',
    path: 'spec.source.chart',
  },
  { it: 'an OCI artifact', source: '{repoURL: "oci://example.com/x", path: .}', path: 'spec.source.repoURL' },
  { it: 'a plugin', source: '{repoURL: r, path: a, plugin: {name: x}}', path: 'spec.source.plugin' },
  {
    it: 'Jsonnet',
    source: '{repoURL: r, path: a, directory: {jsonnet: {libs: [x]}}}',
    path: 'spec.source.directory.jsonnet',
  },
  {
    it: 'patches of Kustomize',
    source: '{repoURL: r, path: a, kustomize: {patches: [{patch: x}]}}',
    path: 'spec.source.kustomize.patches',
  },
]) {
  test(`read-applications refuses ${it} rather than deploy something else`, () => {
    const text = document('shop', `spec:\n  source: ${source}\n  destination: {name: prod}\n`);
    deepEqual(problems({ 'a.yaml': text }), [['application.unsupported', 5, path]]);
  });
}

test('read-applications refuses several sources', () => {
  const text = document(
    'shop',
    'spec: {sources: [{repoURL: a, path: a}, {repoURL: b, path: b}], destination: {name: prod}}\n',
  );
  deepEqual(problems({ 'a.yaml': text }), [['application.unsupported', 4, 'spec.sources']]);
});

test('read-applications warns of what it does not know or act on, with the nearest name', () => {
  const text = document(
    'shop',
    `${minimal}  syncPolicy:\n    automatd: {}\n    syncOptions: [CreateNamespce=true, Prune]\n  info: [{name: a}]\n`,
  );
  deepEqual(read({ 'a.yaml': text }).applications[0]?.warnings, [
    'a.yaml:8: spec.syncPolicy.automatd is not known; did you mean automated?',
    'a.yaml:10: spec.info is not acted on: it is shown nowhere yet',
    'a.yaml:9: spec.syncPolicy.syncOptions: the sync option CreateNamespce=true is not known; did you mean CreateNamespace?',
    'a.yaml:9: spec.syncPolicy.syncOptions: the sync option Prune has no value: write Prune=true',
  ]);
});

test('read-applications says that labels of a Namespace nobody makes are idle, and refuses marks of ours on it', () => {
  const policy = (metadata: string, options = '') =>
    document(
      'shop',
      `${minimal}  syncPolicy:\n    managedNamespaceMetadata: ${metadata}\n    syncOptions: [${options}]\n`,
    );
  const [read1, read2] = [policy('{labels: {a: b}}'), policy('{labels: {a: b}}', 'CreateNamespace=true')].map(
    (text) => read({ 'a.yaml': text }).applications[0],
  );
  deepEqual(read1?.warnings, [
    'a.yaml:8: spec.syncPolicy.managedNamespaceMetadata counts with CreateNamespace=true only',
  ]);
  deepEqual(
    [read2?.warnings, read2?.syncPolicy.managedNamespaceMetadata],
    [[], { labels: { a: 'b' }, annotations: {} }],
  );
  deepEqual(problems({ 'a.yaml': policy('{annotations: {trueup.dev/tracking-id: x}}') }), [
    ['application.invalid', 8, 'spec.syncPolicy.managedNamespaceMetadata.annotations'],
  ]);
});

test('read-applications keeps the first of two with one name', () => {
  const { applications, faults } = read({
    'b.yaml': document('shop', minimal),
    'a.yaml': `# x\n${document('shop', minimal)}`,
  });
  deepEqual(
    applications.map(({ origin }) => origin),
    [{ file: 'a.yaml', line: 2 }],
  );
  match(faults[0]?.message ?? '', /^Application shop is defined in a\.yaml:2 and in b\.yaml:1/);
});

test('read-applications names other kinds without calling them mistakes', () => {
  const { faults, ignored } = read({
    'a.yaml': configMap('x'),
    'p.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: p}\n',
  });
  deepEqual(
    [faults, ignored.map(({ message }) => message)],
    [
      [],
      ['a.yaml:1: ConfigMap x is not read by this version', 'p.yaml:1: ApplicationSet p is not read by this version'],
    ],
  );
});

test('read-applications reads the others when one file is broken', () => {
  const { applications, faults } = read({
    'a.yaml': `${document('shop', minimal)}  x: [\n`,
    'b.yaml': document('other', minimal),
    'notes.yaml': 'just: words\n',
  });
  deepEqual(
    applications.map(({ name }) => name),
    ['other'],
  );
  deepEqual(
    faults.map(({ code }) => code),
    ['render.yaml_invalid'],
  );
});

test('read-applications reads a folder mounted from a ConfigMap once', () => {
  const mounted = new Map([
    ...sourceFiles({ '..2026_01_01/shop.yaml': document('shop', minimal) }),
    ['..data', { kind: 'symlink', target: '..2026_01_01' }] as const,
    ['shop.yaml', { kind: 'symlink', target: '..data/shop.yaml' }] as const,
  ]);
  const { applications, faults } = readApplications(mounted);
  deepEqual([applications.map(({ origin }) => origin.file), faults], [['shop.yaml'], []]);
});

function document(name: string, spec: string): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\n${spec}`;
}

function read(texts: Record<string, string>) {
  return readApplications(sourceFiles(texts));
}

function problems(texts: Record<string, string>): unknown[] {
  return read(texts).faults.map(({ code, facts }) => [code, facts.line, facts.path]);
}
