import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { diffObjects } from '../../../lib/core/event/diff-objects.ts';
import { maskFault } from '../../../lib/core/event/mask-fault.ts';
import { maskChanges, maskSecrets } from '../../../lib/core/event/mask-secrets.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';

function aSecret(fields: Record<string, unknown>, metadata: object = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop', ...metadata }, ...fields };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

test('mask-secrets gives equal values equal masks and others a longer one', () => {
  const [before, after] = maskSecrets([
    aSecret({ data: { a: base64('one'), b: base64('same') } }),
    aSecret({ data: { a: base64('two') }, stringData: { b: 'same' } }),
  ]);
  deepEqual(before?.data, { a: '++++++++', b: '++++++++' });
  deepEqual(after?.data, { a: '+++++++++', b: '++++++++' });
});

test('mask-secrets leaves other kinds alone', () => {
  const map: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'b' } };
  const custom: KubernetesObject = { ...map, apiVersion: 'example.com/v1', kind: 'Secret' };
  deepEqual(maskSecrets([map, custom, null]), [map, custom, null]);
});

test('diff-objects shows that a Secret changed and not what it holds', () => {
  deepEqual(diffObjects(aSecret({ data: { p: base64('hunter2') } }), aSecret({ stringData: { p: 'hunter3' } })), [
    { path: 'data.p', from: '++++++++', to: '+++++++++' },
  ]);
  deepEqual(diffObjects(aSecret({ data: { p: base64('hunter2') } }), aSecret({ stringData: { p: 'hunter2' } })), []);
});

test('mask-changes masks what another comparison found in a Secret', () => {
  const secret = { group: '', kind: 'Secret', namespace: 'shop', name: 'db' };
  const changes = [
    { path: 'data.p', from: 'hmac-sha256:aa', to: 'aHVudGVyMg==' },
    { path: 'data.q', to: 'aHVudGVyMg==' },
    { path: 'metadata.labels.app', from: 'a', to: 'b' },
    { path: '', from: { data: { p: 'aHVudGVyMg==' } } },
  ];
  deepEqual(maskChanges(changes, secret), [
    { path: 'data.p', from: '++++++++', to: '+++++++++' },
    { path: 'data.q', to: '++++++++' },
    { path: 'metadata.labels.app', from: 'a', to: 'b' },
    { path: '', from: '++++++++' },
  ]);
  deepEqual(maskChanges(changes, { ...secret, kind: 'ConfigMap' }), changes);
});

const refusal = (because: unknown) =>
  new Fault('apply.rejected', { file: 'web.yaml', line: 3, object: 'Deployment shop/web', because });

for (const { it, message } of [
  { it: 'plain', message: 'cannot use "hunter2-hunter2" here' },
  { it: 'in base64', message: `illegal value ${base64('hunter2-hunter2')}` },
  { it: 'in base64 without padding', message: `illegal value ${base64('hunter2-hunter2').replace(/=+$/, '')}` },
  { it: 'quoted', message: `json: ${JSON.stringify({ stringData: { pem: 'line one of key\nline "two" of key' } })}` },
  { it: 'line by line', message: 'unexpected: line one of key' },
  { it: 'in a URL', message: 'GET https://ann:hunter9@git.example.com/shop failed' },
  { it: 'as a query', message: 'GET /?p=line%20one%20of%20key failed' },
  { it: 'as a number', message: 'json: cannot unmarshal number 8839271 into Go struct field Secret.data' },
]) {
  test(`mask-fault takes out a value that is quoted ${it}`, () => {
    const objects = [
      aSecret({
        data: { a: base64('hunter2-hunter2'), n: 8839271 },
        stringData: { pem: 'line one of key\nline "two" of key' },
      }),
    ];
    const fault = maskFault(
      new Fault('apply.rejected', { because: message, more: [{ message }] }, { cause: new Error(message) }),
      objects,
    );
    const said = inspect(fault, { depth: null }) + JSON.stringify(fault.report());
    match(said, /\+{8}/);
    doesNotMatch(said, /hunter|aHVudGVy|one of key|"two"|8839271|line%20one/);
  });
}

test('mask-fault keeps the rest of what was said, and names that a Secret happens to hold', () => {
  const fault = refusal('spec.selector is required');
  equal(maskFault(fault, [aSecret({ stringData: { p: 'is', user: 'web.yaml' } })]), fault);
});

/** Letters that no field name, mask or message holds. */
const canary = fc.string({ unit: fc.constantFrom('Q', 'Ж', '☂'), minLength: 4, maxLength: 12 });
const canaryBytes = /[QЖ☂]{4}/;

test('no byte of a Secret is in anything that is shown', () => {
  const forms = fc.constantFrom(
    (text: string) => ({ data: { p: base64(text) } }),
    (text: string) => ({ data: { p: `${base64(text).slice(0, 4)}\n${base64(text).slice(4)}` } }),
    (text: string) => ({ data: { p: text } }),
    (text: string) => ({ stringData: { p: text } }),
    (text: string) => ({ stringData: { p: [text, { deep: text }] } }),
    (text: string) => ({ data: text }),
    (text: string) => ({ data: [text], stringData: { p: text } }),
  );
  fc.assert(
    fc.property(canary, canary, forms, forms, (one, other, write, writeOther) => {
      const copy = (text: string) => ({
        annotations: {
          [lastApplied]: JSON.stringify({ stringData: { p: text } }),
          'kapp.k14s.io/original': `{"p":"${text}","b":"${base64(text)}"}`,
        },
      });
      const before = aSecret(write(one), copy(one));
      const after = aSecret(writeOther(other), copy(other));
      const fault = maskFault(refusal(`bad: ${one} and ${base64(other)} and "${other}"`), [before, after]);
      const shown = JSON.stringify([
        maskSecrets([before, after]),
        diffObjects(before, after),
        diffObjects(null, after),
        diffObjects(before, null),
        fault.report(),
      ]);
      doesNotMatch(shown, canaryBytes);
      ok(!shown.includes(base64(one)) && !shown.includes(base64(other)));
    }),
  );
});

test('masks tell whether two values of one name are equal, and nothing else', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const [before, after] = maskSecrets([aSecret({ stringData: { p: one } }), aSecret({ stringData: { p: other } })]);
      equal(JSON.stringify(before?.data) === JSON.stringify(after?.data), Buffer.from(one).equals(Buffer.from(other)));
    }),
  );
});
