import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { IgnoreDifference } from '../../../lib/core/application/application.ts';
import type { FieldPath } from '../../../lib/core/drift/field-paths.ts';
import { driftRules } from '../../../lib/core/drift/ignored-paths.ts';
import type { ManagedFieldsEntry } from '../../../lib/core/object/kubernetes-object.ts';
import { template } from './a-deployment.ts';

const web = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };
const replicas: FieldPath = ['f:spec', 'f:replicas'];

function ignores(rule: Partial<IgnoreDifference>, path: FieldPath, entries: ManagedFieldsEntry[] = []): boolean {
  const whole = {
    group: 'apps',
    kind: 'Deployment',
    jsonPointers: [],
    jqPathExpressions: [],
    managedFieldsManagers: [],
  };
  return driftRules({ ignoreDifferences: [{ ...whole, ...rule }] }, web, []).ignores(path, entries);
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
    it: 'a list item by any index: owners know no indexes',
    rule: { jsonPointers: ['/spec/template/spec/containers/0/image'] },
    path: [...template, 'f:image'],
    gives: true,
  },
  {
    it: 'no list item by something that is no index',
    rule: { jsonPointers: ['/spec/template/spec/containers/web/image'] },
    path: [...template, 'f:image'],
    gives: false,
  },
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
