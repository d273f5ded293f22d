import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addPaths,
  type FieldPath,
  fieldPaths,
  fieldsAt,
  ownsPath,
  readablePath,
  removePaths,
} from '../../../lib/core/drift/field-paths.ts';
import type { FieldsV1 } from '../../../lib/core/object/kubernetes-object.ts';

const container = 'k:{"name":"web"}';
const fields: FieldsV1 = {
  'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
  'f:spec': { 'f:containers': { [container]: { '.': {}, 'f:image': {} } }, 'f:finalizers': { 'v:"a"': {} } },
};

test('field-paths lists leaves, and what is owned itself besides', () => {
  deepEqual(fieldPaths(fields), [
    ['f:metadata', 'f:labels'],
    ['f:metadata', 'f:labels', 'f:app'],
    ['f:spec', 'f:containers', container],
    ['f:spec', 'f:containers', container, 'f:image'],
    ['f:spec', 'f:finalizers', 'v:"a"'],
  ]);
});

for (const { it, path, gives } of [
  { it: 'a leaf', path: ['f:metadata', 'f:labels', 'f:app'], gives: true },
  { it: 'a map that is owned itself', path: ['f:metadata', 'f:labels'], gives: true },
  { it: 'an item that is owned itself', path: ['f:spec', 'f:containers', container], gives: true },
  { it: 'no map that only leads to a leaf', path: ['f:spec', 'f:containers'], gives: false },
  { it: 'nothing below a leaf', path: ['f:metadata', 'f:labels', 'f:app', 'f:more'], gives: false },
  { it: 'nothing that is not there', path: ['f:data'], gives: false },
]) {
  test(`field-paths: the trie owns ${it}`, () => equal(ownsPath(fields, path), gives));
}

test('field-paths: a path that gets fields below it keeps its own entry', () => {
  deepEqual(addPaths({ 'f:resources': {} }, [['f:resources', 'f:limits']]), {
    'f:resources': { '.': {}, 'f:limits': {} },
  });
});

test('field-paths: branches that become empty go with their last path', () => {
  deepEqual(
    removePaths(fields, [
      ['f:spec', 'f:finalizers', 'v:"a"'],
      ['f:metadata', 'f:labels'],
    ]),
    {
      'f:metadata': { 'f:labels': { 'f:app': {} } },
      'f:spec': { 'f:containers': { [container]: { '.': {}, 'f:image': {} } } },
    },
  );
});

for (const { path, gives } of [
  { path: ['f:spec', 'f:replicas'], gives: 'spec.replicas' },
  { path: ['f:spec', 'f:containers', container, 'f:image'], gives: 'spec.containers[name=web].image' },
  { path: ['f:ports', 'k:{"containerPort":80,"protocol":"TCP"}'], gives: 'ports[containerPort=80,protocol=TCP]' },
  { path: ['f:metadata', 'f:labels', 'f:trueup.dev/application'], gives: 'metadata.labels["trueup.dev/application"]' },
  { path: ['f:metadata', 'f:finalizers', 'v:"a/b"'], gives: 'metadata.finalizers["a/b"]' },
  { path: ['f:args', 'i:1'], gives: 'args[1]' },
  { path: [], gives: '' },
]) {
  test(`field-paths writes ${gives || 'the whole object'} as people do`, () => equal(readablePath(path), gives));
}

const segment = fc.constantFrom('f:a', 'f:b', 'f:c', container, 'v:"x"', 'i:0');
const path: fc.Arbitrary<FieldPath> = fc.array(segment, { minLength: 1, maxLength: 4 });
const paths = fc.array(path, { maxLength: 12 });
const trie = paths.map((given) => addPaths({}, given));
const setOf = (given: readonly FieldPath[]) => new Set(given.map((each) => JSON.stringify(each)));

test('field-paths: a trie holds exactly the paths it was made of, each once', () => {
  fc.assert(
    fc.property(paths, (given) => {
      const listed = fieldPaths(addPaths({}, given));
      deepEqual(setOf(listed), setOf(given));
      equal(listed.length, setOf(given).size);
    }),
  );
});

test('field-paths: listing and building again gives the same trie, whatever the order', () => {
  fc.assert(
    fc.property(trie, (given) => {
      deepEqual(addPaths({}, fieldPaths(given)), given);
      deepEqual(addPaths({}, fieldPaths(given).toReversed()), given);
    }),
  );
});

test('field-paths: adding is a union and removing a difference', () => {
  fc.assert(
    fc.property(trie, paths, (given, others) => {
      const own = setOf(fieldPaths(given));
      const other = setOf(others);
      deepEqual(setOf(fieldPaths(addPaths(given, others))), own.union(other));
      deepEqual(setOf(fieldPaths(removePaths(given, others))), own.difference(other));
    }),
  );
});

test('field-paths: removing what was not there before takes an addition back', () => {
  fc.assert(
    fc.property(trie, paths, (given, others) => {
      const fresh = others.filter((each) => !ownsPath(given, each));
      deepEqual(removePaths(addPaths(given, fresh), fresh), given);
    }),
  );
});

test('field-paths: a trie without its paths is empty, and adding nothing changes nothing', () => {
  fc.assert(
    fc.property(trie, (given) => {
      deepEqual(removePaths(given, fieldPaths(given)), {});
      deepEqual(addPaths(given, []), given);
      deepEqual(removePaths(given, []), given);
    }),
  );
});

test('field-paths: a trie owns exactly the paths it lists, and nothing is changed by asking', () => {
  fc.assert(
    fc.property(trie, path, (given, asked) => {
      const before = structuredClone(given);
      equal(ownsPath(given, asked), setOf(fieldPaths(given)).has(JSON.stringify(asked)));
      ok(!ownsPath(given, asked) || fieldsAt(given, asked) !== undefined);
      addPaths(given, [asked]);
      removePaths(given, [asked]);
      deepEqual(given, before);
    }),
  );
});
