import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { IgnoreDifference } from '../../../lib/core/application/application.ts';
import type { FieldPath } from '../../../lib/core/drift/field-paths.ts';
import { ignoreRules } from '../../../lib/core/drift/ignore-rules.ts';
import { ignoredIn } from '../../../lib/core/drift/ignored-in.ts';
import { type Compared, driftRules } from '../../../lib/core/drift/ignored-paths.ts';
import type { JsonPath } from '../../../lib/core/drift/json-path.ts';
import type { KubernetesObject, ManagedFieldsEntry } from '../../../lib/core/object/kubernetes-object.ts';
import { keyOf } from '../../../lib/core/object/object-key.ts';
import { aDeployment, containerOf, specOf, template } from './a-deployment.ts';

const replicas: FieldPath = ['f:spec', 'f:replicas'];

type Given = { live?: KubernetesObject; wanted?: KubernetesObject; selected?: JsonPath[]; autoscaled?: boolean };

function rulesFor(rule: Partial<IgnoreDifference>, given: Given = {}) {
  const { live = aDeployment(), wanted = aDeployment(), selected = [], autoscaled = false } = given;
  const whole = {
    group: 'apps',
    kind: 'Deployment',
    jsonPointers: [],
    jqPathExpressions: [],
    managedFieldsManagers: [],
  };
  const rules = ignoreRules([{ ...whole, ...rule }], keyOf(live));
  const side = (object: KubernetesObject) => ({ object, ignored: ignoredIn(object, rules, selected) });
  const compared: Compared = { live: side(live), wanted: side(wanted), managers: rules.managers, autoscaled };
  return driftRules(compared, { handTools: [], kept: [] });
}

function ignores(rule: Partial<IgnoreDifference>, path: FieldPath, entries: ManagedFieldsEntry[] = []): boolean {
  return rulesFor(rule).ignores(path, entries);
}

const spec = ['/spec/replicas'];

for (const { it, rule, path = replicas, gives } of [
  { it: 'what a pointer names', rule: { jsonPointers: spec }, gives: true },
  { it: 'all below what a pointer names', rule: { jsonPointers: ['/spec'] }, gives: true },
  { it: 'all of the object with the empty pointer', rule: { jsonPointers: [''] }, gives: true },
  { it: 'nothing above it', rule: { jsonPointers: ['/spec/replicas/x'] }, gives: false },
  { it: 'nothing whose name only begins alike', rule: { jsonPointers: ['/spec/rep'] }, gives: false },
  {
    it: 'a name with a slash, written ~1',
    rule: { jsonPointers: ['/metadata/annotations/example.com~1hash'] },
    path: ['f:metadata', 'f:annotations', 'f:example.com/hash'],
    gives: true,
  },
  {
    it: 'a name with a tilde, written ~0, once only',
    rule: { jsonPointers: ['/data/a~01b'] },
    path: ['f:data', 'f:a~1b'],
    gives: true,
  },
  {
    it: 'the list item at that index, though owners know it by its key',
    rule: { jsonPointers: ['/spec/template/spec/containers/0/image'] },
    path: [...template, 'f:image'],
    gives: true,
  },
  {
    it: 'no other list item',
    rule: { jsonPointers: ['/spec/template/spec/containers/1/image'] },
    path: [...template, 'f:image'],
    gives: false,
  },
  {
    it: 'what is not there yet',
    rule: { jsonPointers: ['/metadata/annotations/later'] },
    path: ['f:metadata', 'f:annotations', 'f:later'],
    gives: true,
  },
  {
    it: 'no list item by something that is no index',
    rule: { jsonPointers: ['/spec/template/spec/containers/web/image'] },
    path: [...template, 'f:image'],
    gives: false,
  },
  { it: 'the kind by alternatives', rule: { kind: '{Deployment,StatefulSet}', jsonPointers: spec }, gives: true },
  { it: 'the kind by a glob', rule: { kind: 'Deploy*', jsonPointers: spec }, gives: true },
  { it: 'every kind of every group', rule: { group: '*', kind: '*', jsonPointers: spec }, gives: true },
  { it: 'no kind that only contains the pattern', rule: { kind: 'Deploy', jsonPointers: spec }, gives: false },
  {
    it: 'no group for which a dot would have to stand for any letter',
    rule: { group: 'a.ps', jsonPointers: spec },
    gives: false,
  },
  { it: 'the object of that name', rule: { name: 'web', namespace: 'shop', jsonPointers: spec }, gives: true },
  { it: 'no object of another name', rule: { name: 'db', jsonPointers: spec }, gives: false },
  { it: 'no object of another namespace', rule: { namespace: 'web', jsonPointers: spec }, gives: false },
  { it: 'nothing without pointers and managers', rule: {}, gives: false },
]) {
  test(`drift-rules ignore ${it}`, () => equal(ignores(rule, path), gives));
}

const owned: ManagedFieldsEntry[] = [
  { manager: 'keda', operation: 'Update', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
  { manager: 'no-fields', operation: 'Update' },
];

for (const { it, managers, path = replicas, gives } of [
  { it: 'what a named manager owns', managers: ['keda'], gives: true },
  { it: 'nothing else of that manager', managers: ['keda'], path: ['f:spec', 'f:paused'], gives: false },
  { it: 'nothing of another manager', managers: ['argo'], gives: false },
  { it: 'nothing of a manager that owns nothing', managers: ['no-fields'], gives: false },
]) {
  test(`drift-rules ignore ${it}`, () => equal(ignores({ managedFieldsManagers: managers }, path, owned), gives));
}

test('drift-rules ignore what jq selects in either of the two', () => {
  const image: FieldPath = [...template, 'f:image'];
  const selected = [['spec', 'template', 'spec', 'containers', 0, 'image']];
  equal(rulesFor({}, { selected }).ignores(image, []), true);
  equal(rulesFor({}, { selected }).ignores([...template, 'f:args'], []), false);
});

test('drift-rules compare of a list without keys what is not ignored in it', () => {
  const args: FieldPath = [...template, 'f:args'];
  const live = aDeployment();
  containerOf(live).args = ['--quiet', '--injected'];
  const rules = rulesFor({ jsonPointers: ['/spec/template/spec/containers/0/args/1'] }, { live });
  equal(rules.ignores(args, []), false);
  deepEqual(rules.pare(containerOf(live).args, args, 'live'), ['--quiet']);
  deepEqual(rules.pare(['--quiet'], args, 'wanted'), ['--quiet']);
});

test('drift-rules leave the replicas to an autoscaler, and to anybody where Git does not name them', () => {
  const silent = aDeployment();
  silent.spec = { ...specOf(silent), replicas: undefined };
  equal(rulesFor({}).ignores(replicas, []), false);
  equal(rulesFor({}, { autoscaled: true }).ignores(replicas, []), true);
  equal(rulesFor({}, { wanted: silent }).ignores(replicas, []), true);
  equal(rulesFor({}, { autoscaled: true }).ignores(['f:spec', 'f:paused'], []), false);
});
