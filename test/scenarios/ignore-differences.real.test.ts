/** Story: what `ignoreDifferences` names is neither drift nor undone, and what cannot be told apart from it is only reported. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

async function drifts(house: TestHouse) {
  return (await house.events()).filter((event) => event.type === 'drift.found');
}

async function data(house: TestHouse): Promise<unknown> {
  return JSON.parse(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data}'));
}

async function openWith(t: Parameters<typeof openHouse>[0], rule: string, syncOptions = '') {
  const house = await openHouse(t, plane, { application: { ignoreDifferences: rule, syncOptions } });
  await house.push({ 'web.yaml': deployment(), 'settings.yaml': twoKeys('git') });
  await house.follow();
  await house.sweep();
  return house;
}

const twoKeys = (other: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, annotations: {example.com/hash: x}}\ndata: {k: v, other: ${other}}\n`;

type Rule = { it: string; rule: string; edits: string[][] };

const patch = (text: string, ...more: string[]) => ['patch', 'configmap', 'settings', '-p', text, ...more];
const web = ['patch', 'deployment', 'web', '-p'];

const rules: Rule[] = [
  { it: 'a JSON pointer', rule: '{kind: ConfigMap, jsonPointers: [/data/k]}', edits: [patch('{"data":{"k":"x"}}')] },
  {
    it: 'a JSON pointer to a name with a slash',
    rule: '{kind: ConfigMap, jsonPointers: [/metadata/annotations/example.com~1hash]}',
    edits: [['annotate', 'configmap', 'settings', 'example.com/hash=y', '--overwrite']],
  },
  {
    it: 'a JSON pointer to what only the cluster has',
    rule: '{kind: ConfigMap, jsonPointers: [/data/later]}',
    edits: [patch('{"data":{"later":"y"}}')],
  },
  {
    it: 'globs of group and kind',
    rule: '{group: "*", kind: "{Config,Secret}*", jsonPointers: [/data]}',
    edits: [patch('{"data":{"k":"x"}}')],
  },
  {
    it: 'a jq expression that selects a list item',
    rule: `{group: apps, kind: Deployment, jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == "web") | .env[]?']}`,
    edits: [['set', 'env', 'deployment/web', 'A=9', 'B=1']],
  },
  {
    it: 'a jq expression on an added container',
    rule: `{group: apps, kind: Deployment, jqPathExpressions: ['.spec.template.spec.containers[] | select(.name | startswith("side"))']}`,
    edits: [[...web, '{"spec":{"template":{"spec":{"containers":[{"name":"sidecar","image":"s:1"}]}}}}']],
  },
  {
    it: 'a part of a list without keys',
    rule: '{group: apps, kind: Deployment, jsonPointers: [/spec/template/spec/containers/0/args/1]}',
    edits: [
      [
        ...web.slice(0, 3),
        '--type=json',
        '-p',
        '[{"op":"replace","path":"/spec/template/spec/containers/0/args/1","value":"--loud"}]',
      ],
    ],
  },
  {
    it: 'a field manager, whatever it owns',
    rule: '{group: "*", kind: "*", managedFieldsManagers: [kubectl-of-the-operator]}',
    edits: [patch('{"data":{"k":"x","more":"1"}}', '--field-manager=kubectl-of-the-operator')],
  },
];

for (const { it, rule, edits } of rules) {
  test(`ignore-differences knows ${it}`, async (t) => {
    const house = await openWith(t, `[${rule}]`);
    for (const edit of edits) await house.kubectl(...edit);
    const state = () =>
      house.kubectl(
        'get',
        'deployment/web',
        'configmap/settings',
        '-o',
        'jsonpath={range .items[*]}{.spec}{.data}{.metadata.annotations.example\\.com/hash}{end}',
      );
    const before = await state();
    await house.sweep();
    deepEqual(await drifts(house), []);
    equal(await state(), before);
    equal((await house.entry()).state.sync, 'Synced');
  });
}

test('ignore-differences: healing another field leaves alone what is ignored', async (t) => {
  const house = await openWith(t, '[{kind: ConfigMap, jsonPointers: [/data/other]}]');
  await house.kubectl(...patch('{"data":{"k":"evil","other":"mine"}}'));
  await house.sweep();
  deepEqual(await data(house), { k: 'v', other: 'mine' });
  // It is not ours any more: also without the rule it is Git's again only once Git changes the object.
  await house.writeApplication('shop');
  await house.work();
  deepEqual(await data(house), { k: 'v', other: 'mine' });
  await house.push({ 'settings.yaml': twoKeys('newer') });
  await house.follow();
  deepEqual(await data(house), { k: 'v', other: 'newer' });
});

test('ignore-differences: what was ignored is found once the rule is gone', async (t) => {
  const house = await openWith(t, '[{kind: ConfigMap, jsonPointers: [/data/other]}]');
  await house.kubectl(...patch('{"data":{"other":"mine"}}'));
  await house.sweep();
  deepEqual(await data(house), { k: 'v', other: 'mine' });
  await house.writeApplication('shop');
  await house.work();
  deepEqual(await data(house), { k: 'v', other: 'git' });
});

test('ignore-differences: a sync writes the value of Git over what is ignored, as in Argo CD', async (t) => {
  const house = await openWith(t, '[{kind: ConfigMap, jsonPointers: [/data/other]}]');
  await house.kubectl(...patch('{"data":{"other":"mine"}}'));
  await house.push({ 'settings.yaml': twoKeys('newer') });
  await house.follow();
  deepEqual(await data(house), { k: 'v', other: 'newer' });
});

for (const { it, rule } of [
  { it: 'a JSON pointer', rule: '{kind: ConfigMap, jsonPointers: [/data/other]}' },
  { it: 'jq', rule: "{kind: ConfigMap, jqPathExpressions: ['.data | .other']}" },
  { it: 'a manager', rule: '{kind: ConfigMap, managedFieldsManagers: [kubectl-patch]}' },
]) {
  test(`ignore-differences: with RespectIgnoreDifferences a sync leaves alone what is ignored by ${it}`, async (t) => {
    const house = await openWith(t, `[${rule}]`, 'RespectIgnoreDifferences=true');
    equal(((await data(house)) as { other: string }).other, 'git', 'it is set when the object is made');
    await house.kubectl(...patch('{"data":{"other":"mine"}}'));
    await house.push({ 'settings.yaml': twoKeys('newer').replace('k: v', 'k: w') });
    await house.follow();
    deepEqual(await data(house), { k: 'w', other: 'mine' });
    await house.push({ 'settings.yaml': configMap('settings', 'w') });
    await house.follow();
    equal(((await data(house)) as { other: string }).other, 'mine', 'nor does it take away what left Git');
  });
}

for (const { it, expression, says } of [
  { it: 'is no jq', expression: '.data[', says: /jq expression \.data\[: syntax error/ },
  { it: 'takes for ever', expression: '.data | select([range(infinite)] | length)', says: /longer than 1 s|256 MB/ },
]) {
  test(`ignore-differences: an expression that ${it} is named, and nothing it may have meant is undone`, async (t) => {
    const house = await openWith(t, `[{kind: ConfigMap, jqPathExpressions: [${JSON.stringify(expression)}]}]`);
    await house.kubectl(...patch('{"data":{"k":"x"}}'));
    await house.kubectl('scale', 'deployment/web', '--replicas=1');
    await house.sweep();
    deepEqual(await data(house), { k: 'x', other: 'git' }, 'it may have been meant');
    equal(
      await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}'),
      '2',
      'the others are healed',
    );
    deepEqual((await drifts(house)).map(({ action }) => action).toSorted(), ['reported', 'reverted']);
    const { sync, warnings } = summarizeApplication(await house.entry());
    equal(sync, 'OutOfSync');
    match(warnings.join('\n'), says);
    await house.writeApplication('shop');
    await house.work();
    deepEqual(await data(house), { k: 'v', other: 'git' });
    deepEqual(summarizeApplication(await house.entry()).warnings, []);
  });
}

test('ignore-differences: a sync that cannot tell what to respect is refused and says why', async (t) => {
  const house = await openWith(
    t,
    "[{kind: ConfigMap, jqPathExpressions: ['.data[']}]",
    'RespectIgnoreDifferences=true',
  );
  await house.push({ 'settings.yaml': twoKeys('newer') });
  await house.follow();
  const { failed } = summarizeApplication(await house.entry());
  equal(failed?.fault.code, 'sync.ignore_rule');
  match(failed?.fault.message ?? '', /ConfigMap .*settings.*syntax error/);
  ok(((await data(house)) as { other: string }).other === 'git');
});
