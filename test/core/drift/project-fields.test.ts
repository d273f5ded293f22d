import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { memberOf, projectFields, unproject } from '../../../lib/core/drift/project-fields.ts';

const containers = [
  { name: 'web', image: 'nginx:1', ports: [{ containerPort: 80, protocol: 'TCP' }] },
  { name: 'log', image: 'fluent:2' },
];

for (const { it, value, segment, gives } of [
  { it: 'a field', value: { replicas: 3 }, segment: 'f:replicas', gives: 3 },
  { it: 'a field whose name holds a colon', value: { 'a:b': 1 }, segment: 'f:a:b', gives: 1 },
  { it: 'a list item by its key', value: containers, segment: 'k:{"name":"log"}', gives: containers[1] },
  {
    it: 'a list item by two keys, whatever their order',
    value: containers[0]?.ports,
    segment: 'k:{"protocol":"TCP","containerPort":80}',
    gives: { containerPort: 80, protocol: 'TCP' },
  },
  { it: 'a member of a set', value: ['a', 'b'], segment: 'v:"b"', gives: 'b' },
  { it: 'a member of a set of numbers', value: [1, 2], segment: 'v:2', gives: 2 },
  { it: 'a list item by its place', value: ['a', 'b'], segment: 'i:1', gives: 'b' },
  { it: 'nothing for a field that is not there', value: { a: 1 }, segment: 'f:b', gives: undefined },
  {
    it: 'nothing for a field that only every JavaScript object has',
    value: {},
    segment: 'f:constructor',
    gives: undefined,
  },
  { it: 'nothing for an item with another key', value: containers, segment: 'k:{"name":"db"}', gives: undefined },
  { it: 'nothing for a key of another type', value: [{ port: '80' }], segment: 'k:{"port":80}', gives: undefined },
  { it: 'nothing inside null', value: null, segment: 'f:a', gives: undefined },
  { it: 'nothing inside a text', value: 'text', segment: 'f:length', gives: undefined },
  { it: 'no field of a list', value: ['a'], segment: 'i:7', gives: undefined },
]) {
  test(`member-of names ${it}`, () => deepEqual(memberOf(value, segment), gives));
}

const fields = {
  'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {} } },
  'f:replicas': {},
};

test('project-fields keeps the fields that are named and nothing else', () => {
  deepEqual(projectFields({ containers, replicas: 3, paused: true }, fields), {
    'f:containers': { 'k:{"name":"web"}': { 'f:image': 'nginx:1' } },
    'f:replicas': 3,
  });
});

test('project-fields does not see the order of a list', () => {
  const value = { containers, replicas: 3 };
  deepEqual(projectFields({ ...value, containers: containers.toReversed() }, fields), projectFields(value, fields));
});

test('project-fields says of each field that it is not there', () => {
  deepEqual(projectFields({ containers: null }, fields), {
    'f:containers': { 'k:{"name":"web"}': undefined },
    'f:replicas': undefined,
  });
});

for (const { it, value, gives } of [
  { it: 'names', value: { 'f:limits': { 'f:cpu': '1' } }, gives: { limits: { cpu: '1' } } },
  { it: 'items without their keys', value: { 'k:{"name":"A"}': { 'f:name': 'A' } }, gives: [{ name: 'A' }] },
  { it: 'members of a set', value: { 'v:"a"': 'a', 'v:"b"': 'b' }, gives: ['a', 'b'] },
  { it: 'lists as they are', value: ['f:a'], gives: ['f:a'] },
  { it: 'an empty map as it is', value: {}, gives: {} },
  { it: 'a map that was a value as it is', value: { cpu: '1' }, gives: { cpu: '1' } },
  { it: 'nothing as nothing', value: undefined, gives: undefined },
]) {
  test(`unproject shows ${it}`, () => deepEqual(unproject(value), gives));
}

const settings = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.oneof(fc.string(), fc.integer()), {
  minKeys: 1,
  noNullPrototype: true,
});

test('unproject undoes project-fields where all is owned', () => {
  fc.assert(
    fc.property(settings, settings, (data, labels) => {
      const object = { data, labels };
      const all = (map: object) => Object.fromEntries(Object.keys(map).map((name) => [`f:${name}`, {}]));
      const projected = projectFields(object, { 'f:data': all(data), 'f:labels': all(labels) });
      deepEqual(unproject(projected), object);
    }),
  );
});

test('project-fields is the same for the same values, and survives being stored', () => {
  fc.assert(
    fc.property(settings, (data) => {
      const owned = { 'f:data': Object.fromEntries(Object.keys(data).map((name) => [`f:${name}`, {}])) };
      const projected = projectFields({ data }, owned);
      deepEqual(projectFields(structuredClone({ data, more: 1 }), owned), projected);
      equal(JSON.stringify(JSON.parse(JSON.stringify(projected))), JSON.stringify(projected));
    }),
  );
});
