import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { checkObjectAnnotations } from '../../../lib/core/options/check-object-annotations.ts';
import { checkSyncOptions } from '../../../lib/core/options/check-sync-options.ts';
import { readApplicationOptions } from '../../../lib/core/options/read-application-options.ts';
import { readObjectOptions } from '../../../lib/core/options/read-object-options.ts';

const own = 'argocd.argoproj.io/sync-options';
const flux = 'kustomize.toolkit.fluxcd.io/';

const withMeta = (metadata: { annotations?: Record<string, string>; labels?: Record<string, string> }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', ...metadata },
});
const read = (annotations: Record<string, string>, application: string[] = []) =>
  readObjectOptions(withMeta({ annotations }), readApplicationOptions(application));

for (const { it, written, gives } of [
  {
    it: 'has the defaults of Argo CD',
    written: [],
    gives: { prune: 'yes', delete: 'yes', validate: true, propagation: 'Foreground', replace: false },
  },
  { it: 'takes the last of two', written: ['Prune=false', 'Prune=confirm'], gives: { prune: 'confirm' } },
  { it: 'trims', written: [' Force=true '], gives: { force: true } },
  { it: 'compares exactly, as Argo CD does', written: ['force=true', 'Force=True'], gives: { force: false } },
  { it: 'reads a propagation', written: ['PrunePropagationPolicy=orphan'], gives: { propagation: 'Orphan' } },
]) {
  test(`read-application-options ${it}`, () => {
    const options: Record<string, unknown> = readApplicationOptions(written);
    deepEqual(Object.fromEntries(Object.keys(gives).map((name) => [name, options[name]])), gives);
  });
}

for (const { it, annotations, application = [], gives } of [
  { it: 'leaves what the Application says', annotations: {}, application: ['Prune=false'], gives: { prune: 'no' } },
  {
    it: 'goes before what the Application says',
    annotations: { [own]: 'Prune=true, Replace=true' },
    application: ['Prune=false'],
    gives: { prune: 'yes', replace: true },
  },
  {
    it: 'can take back',
    annotations: { [own]: 'Replace=false' },
    application: ['Replace=true'],
    gives: { replace: false },
  },
  {
    it: 'keeps what Helm is told to keep',
    annotations: { 'helm.sh/resource-policy': 'keep' },
    gives: { prune: 'no', delete: 'no' },
  },
  { it: 'reads Flux whatever the case', annotations: { [`${flux}prune`]: 'Disabled' }, gives: { prune: 'no' } },
  { it: 'merges', annotations: { [`${flux}ssa`]: 'Merge' }, gives: { apply: 'merge' } },
  { it: 'makes once', annotations: { [`${flux}ssa`]: 'IfNotPresent' }, gives: { apply: 'ifAbsent' } },
  { it: 'overrides', annotations: { [`${flux}ssa`]: 'Override' }, gives: { apply: 'always' } },
  { it: 'ignores', annotations: { [`${flux}ssa`]: 'Ignore' }, gives: { apply: 'never' } },
  { it: 'is not reconciled', annotations: { [`${flux}reconcile`]: 'disabled' }, gives: { apply: 'never' } },
  { it: 'is recreated', annotations: { [`${flux}force`]: 'Enabled' }, gives: { force: true } },
  {
    it: 'has no say in what is of the Application alone',
    annotations: { [own]: 'PrunePropagationPolicy=orphan,CreateNamespace=true,PruneLast=true' },
    gives: { pruneLast: true },
  },
  {
    it: 'reads compare-options',
    annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true, IgnoreExtraneous' },
    gives: { ignoreExtraneous: true },
  },
]) {
  test(`read-object-options ${it}`, () => {
    const options: Record<string, unknown> = read(annotations, application);
    deepEqual(Object.fromEntries(Object.keys(gives).map((name) => [name, options[name]])), gives);
  });
}

test('read-object-options finds what Flux writes in a label, too', () => {
  const object = withMeta({ labels: { [`${flux}ssa`]: 'ignore' } });
  equal(readObjectOptions(object, readApplicationOptions([])).apply, 'never');
});

for (const { written, place = 'application', says } of [
  { written: 'PruneLats=true', says: ['the sync option PruneLats=true is not known; did you mean PruneLast?'] },
  { written: 'PruneLast', says: ['the sync option PruneLast has no value: write PruneLast=true'] },
  { written: 'Prune=yes', says: ['the sync option Prune=yes is not known; Prune is one of true, false, confirm'] },
  { written: 'Prune=confirm', says: [] },
  {
    written: 'CreateNamespace=true',
    place: 'object' as const,
    says: ['the sync option CreateNamespace=true counts on an Application only (spec.syncPolicy.syncOptions)'],
  },
  { written: 'ServerSideApply=true', says: [] },
] as const) {
  test(`check-sync-options on ${written}`, () => deepEqual(checkSyncOptions([written], place), says));
}

test('check-sync-options says that ServerSideApply=false is not acted on', () => {
  equal(checkSyncOptions(['ServerSideApply=false'], 'object').length, 1);
});

test('check-object-annotations refuses a word of ours that nobody knows, and takes back what a dump carries', () => {
  const check = (annotations: Record<string, string>) =>
    checkObjectAnnotations({ object: withMeta({ annotations }), origin: { file: 'a.yaml', line: 3 } });
  const [fault] = check({ 'trueup.dev/trakcing-id': 'x' }).faults;
  equal(fault?.code, 'object.unknown_annotation');
  equal(fault?.message, 'a.yaml:3: ConfigMap a asks for trueup.dev/trakcing-id, which Trueup does not know');
  equal(fault?.hint.includes('did you mean trueup.dev/tracking-id?'), true);
  deepEqual(check({ 'trueup.dev/tracking-id': 'x', 'example.com/a': 'b' }), { warnings: [], faults: [] });
  deepEqual(check({ [own]: 'Purne=false' }).warnings, [
    'a.yaml:3: ConfigMap a: the sync option Purne=false is not known; did you mean Prune?',
  ]);
});
