import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { foldStringData, sealSecret } from '../../../lib/core/record/seal-secrets.ts';

const key = new Uint8Array(32).fill(7);

function aSecret(fields: Record<string, unknown>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, ...fields };
}

for (const { it, given, gives } of [
  { it: 'turns text into base64', given: { stringData: { a: 'hello' } }, gives: { data: { a: 'aGVsbG8=' } } },
  {
    it: 'lets stringData win, as the API server does',
    given: { data: { a: 'eA==', b: 'eQ==' }, stringData: { a: 'hello' } },
    gives: { data: { a: 'aGVsbG8=', b: 'eQ==' } },
  },
  { it: 'writes base64 as it comes back', given: { data: { a: 'aGVs\nbG8=\n' } }, gives: { data: { a: 'aGVsbG8=' } } },
  {
    it: 'reads null as the empty text',
    given: { data: { a: null }, stringData: { b: null } },
    gives: { data: { a: '', b: '' } },
  },
  {
    it: 'leaves what is not base64 to the API server',
    given: { data: { a: 'not base64!' } },
    gives: { data: { a: 'not base64!' } },
  },
  {
    it: 'leaves a number to the API server',
    given: { data: { a: 5 }, stringData: { b: 6, c: 'x' } },
    gives: { data: { a: 5, c: 'eA==' }, stringData: { b: 6 } },
  },
  {
    it: 'leaves data that is no map to the API server',
    given: { data: ['x'], stringData: { a: 'x' } },
    gives: { data: ['x'], stringData: { a: 'x' } },
  },
  { it: 'adds no data to a Secret without any', given: { type: 'Opaque' }, gives: { type: 'Opaque' } },
  { it: 'drops stringData that is empty', given: { stringData: {} }, gives: {} },
]) {
  test(`fold-string-data ${it}`, () => deepEqual(foldStringData(aSecret(given)), aSecret(gives)));
}

test('fold-string-data and seal-secret leave other kinds alone', () => {
  const map: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { a: 'aGVs\nbG8=' },
    stringData: { b: 'x' },
  };
  equal(foldStringData(map), map);
  equal(sealSecret(map, key), map);
});

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.dictionary(fc.string(), fc.jsonValue()),
      (data, stringData) => {
        const once = foldStringData(aSecret({ data, stringData }));
        deepEqual(foldStringData(once), once);
      },
    ),
  );
});

test('seal-secret gives the same seal for the same value, however it was written', () => {
  const written = [{ stringData: { a: 'hello' } }, { data: { a: 'aGVsbG8=' } }, { data: { a: 'aGVs\nbG8=' } }].map(
    (fields) => sealSecret(aSecret(fields), key),
  );
  deepEqual(written[1], written[0]);
  deepEqual(written[2], written[0]);
  match(JSON.stringify(written[0]), /"data":\{"a":"hmac-sha256:[0-9a-f]{64}"\}/);
});

test('seal-secret tells other values, names and keys apart', () => {
  const seal = (name: string, text: string, by = key) =>
    Object.values(Object(sealSecret(aSecret({ stringData: { [name]: text } }), by).data))[0];
  notEqual(seal('a', 'hello'), seal('a', 'hello2'));
  notEqual(seal('a', 'hello'), seal('b', 'hello'));
  notEqual(seal('a', 'hello'), seal('a', 'hello', new Uint8Array(32)));
});

test('sealing twice is sealing once', () => {
  const once = sealSecret(aSecret({ data: { a: 'aGVsbG8=', b: 'not base64!', c: 5, d: null } }), key);
  deepEqual(sealSecret(once, key), once);
});

test('seal-secret leaves no value readable, whatever its type and wherever it stands', () => {
  const canary = fc
    .string({ unit: fc.constantFrom('Q', 'X', 'Z', 'Ж', '"', '\\', '\n'), minLength: 4 })
    .filter((text) => /[QXZЖ]{4}/.test(text));
  fc.assert(
    fc.property(canary, fc.constantFrom('data', 'stringData'), fc.boolean(), (text, field, nested) => {
      const value = field === 'data' && !nested ? Buffer.from(text).toString('base64') : nested ? [text] : text;
      const annotations = {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ stringData: { a: text } }),
        'kapp.k14s.io/original': JSON.stringify({ a: text }),
      };
      const sealed = JSON.stringify(
        sealSecret(aSecret({ [field]: { a: value }, metadata: { name: 'db', annotations } }), key),
      );
      doesNotMatch(sealed, /[QXZЖ]{4}/);
      ok(!sealed.includes(Buffer.from(text).toString('base64')));
    }),
  );
});
