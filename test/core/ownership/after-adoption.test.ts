import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldsV1, KubernetesObject, ManagedFieldsEntry } from '../../../lib/core/object/kubernetes-object.ts';
import { afterAdoption } from '../../../lib/core/ownership/after-adoption.ts';

const ours = (fieldsV1: FieldsV1): ManagedFieldsEntry => ({ manager: 'trueup', operation: 'Apply', fieldsV1 });
const others = (fieldsV1: FieldsV1): ManagedFieldsEntry => ({
  manager: 'some-operator',
  operation: 'Update',
  fieldsV1,
});

/** As a dry run has it: Git names `data.a` only. */
const becomes = (data: unknown, more: ManagedFieldsEntry[] = []): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', managedFields: [ours({ 'f:data': { 'f:a': {} } }), ...more] },
  data,
});
const dataOf = (object: KubernetesObject | null) => object?.data;
const item = 'k:{"name":"x"}';

for (const { it, given, adopted, gives } of [
  {
    it: 'takes away what Git does not name',
    given: { a: '1', b: '2' },
    adopted: [ours({ 'f:data': { 'f:a': {}, 'f:b': {} } })],
    gives: { a: '1' },
  },
  {
    it: 'leaves what a controller owns too',
    given: { a: '1', b: '2', c: '3' },
    adopted: [ours({ 'f:data': { 'f:b': {}, 'f:c': {} } }), others({ 'f:data': { 'f:b': {} } })],
    gives: { a: '1', b: '2' },
  },
  {
    it: 'leaves what nobody owns, and the map it lies in',
    given: { a: '1', map: { b: '2', free: '3' } },
    adopted: [ours({ 'f:data': { 'f:map': { '.': {}, 'f:b': {} } } })],
    gives: { a: '1', map: { free: '3' } },
  },
  {
    it: 'takes a map away with all that is in it',
    given: { a: '1', map: { b: '2' } },
    adopted: [ours({ 'f:data': { 'f:map': { '.': {}, 'f:b': {} } } })],
    gives: { a: '1' },
  },
  {
    it: 'takes an item of a list away',
    given: { a: '1', list: [{ name: 'w' }, { name: 'x', v: 1 }] },
    adopted: [ours({ 'f:data': { 'f:list': { [item]: { '.': {}, 'f:name': {}, 'f:v': {} } } } })],
    gives: { a: '1', list: [{ name: 'w' }] },
  },
  {
    it: 'leaves an item of which somebody owns a field',
    given: { a: '1', list: [{ name: 'x', v: 1 }] },
    adopted: [
      ours({ 'f:data': { 'f:list': { [item]: { '.': {}, 'f:v': {} } } } }),
      others({ 'f:data': { 'f:list': { [item]: { 'f:name': {} } } } }),
    ],
    gives: { a: '1', list: [{ name: 'x' }] },
  },
]) {
  test(`after-adoption ${it}`, () => deepEqual(dataOf(afterAdoption(becomes(given), adopted)), gives));
}

test('after-adoption has nothing to do where Git names all of it', () => {
  equal(afterAdoption(becomes({ a: '1' }), [ours({ 'f:data': { 'f:a': {} } })]), null);
});

test('after-adoption has nothing to do where what was owned is not there', () => {
  equal(afterAdoption(becomes({ a: '1' }), [ours({ 'f:data': { 'f:gone': {} } })]), null);
});
