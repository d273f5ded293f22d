import { deepEqual, throws } from 'node:assert/strict';
import test from 'node:test';
import { packResult, unpackResult } from '../../../lib/adapters/lambda/render-result.ts';
import { parseManifests } from '../../../lib/core/render/parse-manifests.ts';
import type { Rendered } from '../../../lib/ports/renderer.ts';
import { configMap } from '../../support/source-files.ts';

const text = `${configMap('a', 'data: {"1": x, b: "é\\u0000😀", "": ""}\n')}---\n${configMap('b', 'constructor: {x: 1}\nn: [1.5, -0, 1e300, null, true]\n')}`;
const rendered: Rendered = {
  tool: 'kustomize',
  manifests: parseManifests(text, 'app/a.yaml'),
  reads: ['.', 'app', 'base/kustomization.yml'],
  warnings: ['something'],
};

test('render-result arrives as it was sent, fields with strange names and all', () => {
  const arrived = unpackResult(packResult({ rendered }));
  deepEqual(arrived, rendered);
  deepEqual(JSON.stringify(arrived), JSON.stringify(rendered));
});

test('render-result throws the fault it tells of', () => {
  const facts = { tool: 'Helm', path: 'app', because: 'no image given' };
  throws(() => unpackResult(packResult({ fault: { code: 'render.failed', facts } })), { code: 'render.failed', facts });
});

const [manifest] = rendered.manifests;
const at = (file: string, line: unknown = 1) => ({ ...rendered, manifests: [{ ...manifest, origin: { file, line } }] });
const of = (object: unknown) => ({ ...rendered, manifests: [{ object, origin: { file: 'a', line: 1 } }] });

for (const { it, result } of [
  { it: 'garbage', result: 'no JSON' },
  { it: 'null', result: 'null' },
  { it: 'a list', result: '[]' },
  { it: 'half a result', result: JSON.stringify({ rendered }).slice(0, -9) },
  { it: 'both a result and a fault', result: { rendered, fault: { code: 'render.failed', facts: {} } } },
  { it: 'a tool that is none', result: { rendered: { ...rendered, tool: 'sh' } } },
  { it: 'an origin above the repository', result: { rendered: at('../../etc/passwd') } },
  { it: 'an origin from the root of the machine', result: { rendered: at('/etc/passwd') } },
  { it: 'an origin with a hidden way up', result: { rendered: at('app/../../x') } },
  { it: 'a line that is no number', result: { rendered: at('app/a.yaml', '1') } },
  { it: 'a path read above the repository', result: { rendered: { ...rendered, reads: ['../x'] } } },
  { it: 'an object without a name', result: { rendered: of({ apiVersion: 'v1', kind: 'X', metadata: {} }) } },
  {
    it: 'an object that would be something else',
    result: JSON.stringify({ rendered: of({ ...manifest?.object, x: {} }) }).replace('"x":{}', '"__proto__":{"a":1}'),
  },
  {
    it: 'an object deeper than anybody writes',
    result: { rendered: of({ ...manifest?.object, x: JSON.parse('['.repeat(1000) + ']'.repeat(1000)) }) },
  },
  { it: 'an object that is a text', result: { rendered: of('x') } },
  {
    it: 'labels that are no texts',
    result: { rendered: of({ apiVersion: 'v1', kind: 'X', metadata: { name: 'x', labels: { a: 1 } } }) },
  },
  { it: 'warnings that are no texts', result: { rendered: { ...rendered, warnings: [{}] } } },
  { it: 'a field nobody knows', result: { rendered: { ...rendered, run: 'me' } } },
]) {
  test(`render-result refuses ${it}`, () => {
    const bytes = Buffer.from(typeof result === 'string' ? result : JSON.stringify(result));
    throws(() => unpackResult(bytes), { code: 'render.remote_failed', message: /its result is none/ });
  });
}
