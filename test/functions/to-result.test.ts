import { equal } from 'node:assert/strict';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { longestBytes, toResult } from '../../functions/api/to-result.ts';
import { silentLog } from '../support/silent-log.ts';

const json = { headers: { 'content-type': 'application/json' } };
/** As incompressible as JSON gets. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}

test('to-result sends a small answer as it is', async () => {
  const result = await toResult(new Response('{"a":1}', json), { accepts: 'gzip', log: silentLog });
  equal(result.body, '{"a":1}');
  equal(result.isBase64Encoded, undefined);
});

test('to-result compresses a large one for who can read it', async () => {
  const text = JSON.stringify({ items: Array.from({ length: 5_000 }, (_, id) => ({ id, name: 'an Application' })) });
  const result = await toResult(new Response(text, json), { accepts: 'deflate, gzip', log: silentLog });
  equal(result.headers?.['content-encoding'], 'gzip');
  equal(gunzipSync(Buffer.from(result.body ?? '', 'base64')).toString('utf8'), text);
  const plain = await toResult(new Response(text, json), { accepts: '', log: silentLog });
  equal(plain.body, text);
});

for (const [it, text, accepts] of [
  ['quotes that JSON doubles', '"'.repeat(longestBytes / 2 + 1), ''],
  ['what gzip cannot make smaller', noise(longestBytes), 'gzip'],
] as const) {
  test(`to-result refuses what Lambda would not pass on, and says so: ${it}`, async () => {
    const result = await toResult(new Response(text, json), { accepts, log: silentLog });
    equal(result.statusCode, 413);
    equal(JSON.parse(result.body ?? '').code, 'api.too_large');
  });
}
