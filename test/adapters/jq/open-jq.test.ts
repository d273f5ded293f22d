/** `test/golden/jq/paths.json` was written by the jq of Debian, negative indices and slices resolved; null: jq fails. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { openJq } from '../../../lib/adapters/jq/open-jq.ts';
import type { JsonPath } from '../../../lib/core/drift/json-path.ts';

const golden: { object: unknown; paths: Record<string, JsonPath[] | null> } = JSON.parse(
  readFileSync(new URL('../../golden/jq/paths.json', import.meta.url), 'utf8'),
);
const jq = openJq();
after(() => jq.close());

for (const [expression, paths] of Object.entries(golden.paths)) {
  test(`open-jq selects as jq does: ${expression}`, async () => {
    const [selected] = await jq.select([expression], golden.object);
    if (paths === null) ok(selected !== undefined && 'because' in selected, JSON.stringify(selected));
    else deepEqual(selected, { paths });
  });
}

const containers = { containers: [{ name: 'a' }, { name: 'b', env: [{ name: 'B' }] }] };

for (const { it, expression, value, gives } of [
  {
    it: 'what is there beside a list that is not',
    expression: '.containers[].env[]',
    value: containers,
    gives: [['containers', 1, 'env', 0]],
  },
  { it: 'nothing where there is no list', expression: '.webhooks[].clientConfig.caBundle', value: {}, gives: [] },
  {
    it: 'a key that looks like one',
    expression: '.lists["[]"], .webhooks[]',
    value: { lists: { '[]': 1 } },
    gives: [['lists', '[]']],
  },
]) {
  test(`open-jq selects ${it}`, async () => deepEqual(await jq.select([expression], value), [{ paths: gives }]));
}

for (const { it, expression, value, because } of [
  { it: 'an expression without end', expression: 'range(infinite) | empty', value: null, because: /longer than 1 s/ },
  {
    it: 'a recursion without end',
    expression: 'def more: .b | more; recurse(.b; true) | empty',
    value: null,
    because: /longer than 1 s|256 MB/,
  },
  {
    it: 'a regular expression that backtracks for ever',
    expression: '.a | select(test("^(a+)+$x"))',
    value: { a: 'a'.repeat(40) },
    // jq's own limit, where the machine gets there in time.
    because: /longer than 1 s|^Regex failure/,
  },
  {
    it: 'a list without end',
    expression: '.[[range(infinite)] | length]',
    value: [],
    because: /longer than 1 s|256 MB/,
  },
  { it: 'a text without end', expression: '"a" | until(false; . + .)', value: null, because: /longer than 1 s|256 MB/ },
  { it: 'what is no jq', expression: '.spec.[', value: {}, because: /^syntax error/ },
  { it: 'a function that nobody knows', expression: 'nosuch', value: {}, because: /^nosuch\/0 is not defined/ },
  { it: 'an error of its own', expression: 'error("mine")', value: {}, because: /^mine/ },
  { it: 'an end of jq itself', expression: 'halt', value: {}, because: /names no path/ },
  { it: 'what closes our own bracket', expression: '.a)], [path(.b', value: {}, because: /^syntax error|no path/ },
]) {
  test(`open-jq gives the reason for ${it}, in time, and goes on`, async () => {
    const from = performance.now();
    const [refused, next] = await jq.select([expression, '.b'], value);
    ok(performance.now() - from < 20_000);
    match(refused !== undefined && 'because' in refused ? refused.because : '', because);
    ok(next !== undefined, 'the next expression has its turn');
  });
}

test('open-jq does not try again at once what took too long', async () => {
  const expression = 'last(range(infinite))';
  await jq.select([expression], null);
  const from = performance.now();
  const [again] = await jq.select([expression], null);
  ok(again !== undefined && 'because' in again);
  ok(performance.now() - from < 500);
});

test('open-jq shows an expression nothing of this process', async () => {
  const [selected] = await jq.select(['if env | has("HOME_OF_TRUEUP") then .secret else .none end'], {});
  deepEqual(selected, { paths: [['none']] });
  process.env.HOME_OF_TRUEUP = 'x';
  const other = openJq();
  deepEqual(await other.select(['if env | has("HOME_OF_TRUEUP") then .secret else .none end'], {}), [
    { paths: [['none']] },
  ]);
  delete process.env.HOME_OF_TRUEUP;
  await other.close();
});

test('open-jq answers those who ask at the same time each with their own', async () => {
  const asked = Array.from({ length: 20 }, (_, index) => jq.select([`.a${index}`], {}));
  const answers = await Promise.all(asked);
  equal(JSON.stringify(answers.map(([first]) => first)), JSON.stringify(asked.map((_, i) => ({ paths: [[`a${i}`]] }))));
});
