/** What the roles of the functions may do at most, read from the files they are deployed from. */
import { deepEqual, match, ok } from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const folder = new URL('../../../infra/aws/roles/', import.meta.url);
const files = await readdir(folder);
const roles = new Map(
  await Promise.all(
    files.map(async (file) => [file.replace('.yml', ''), await readFile(new URL(file, folder), 'utf8')] as const),
  ),
);

/** What AWS gives no name to before it exists, or none at all. */
const nameless = ['AttachToVpc', 'FindClusters', 'LeaveVpcAlone', 'SendTraces'];

for (const [name, text] of roles) {
  test(`roles: ${name} is allowed no action with a *`, () => {
    ok(!/[a-z0-9]+:[A-Za-z]*\*/.test(text.replaceAll(/#.*|arn:\S+|ForAll\S+|'[A-Z]+#\*'/g, '')), text);
  });

  test(`roles: ${name} names what it may touch, and says why where AWS cannot`, () => {
    const statements = text.split(/(?=Sid: )/).slice(1);
    const open = statements.filter((statement) => /Resource: '\*'/.test(statement)).map(sidOf);
    ok(
      open.every((sid) => nameless.includes(sid)),
      open.join(', '),
    );
    for (const sid of open) match(before(text, sid), /\n +# [^\n]+\n( +- !If\n +- \w+\n)? +- (\{ )?$/);
  });

  test(`roles: ${name} has a name for every statement, each once`, () => {
    const sids = text
      .split(/(?=Sid: )/)
      .slice(1)
      .map(sidOf);
    deepEqual(sids, [...new Set(sids)]);
    deepEqual(sids.length, [...text.matchAll(/Effect: /g)].length);
  });
}

for (const { it, action, may } of [
  { it: 'into the queue', action: 'sqs:SendMessage', may: ['audit', 'drift', 'notify', 'sync', 'webhook'] },
  { it: 'out of the queue', action: 'sqs:ReceiveMessage', may: ['sync'] },
  { it: 'into clusters', action: 'sts:AssumeRole', may: ['sync'] },
  { it: 'to render', action: 'lambda:InvokeFunction', may: ['sync'] },
  { it: 'to write blobs', action: 's3:PutObject', may: ['sync'] },
  { it: 'to secrets', action: 'secretsmanager:GetSecretValue', may: ['api', 'notify', 'sync', 'webhook'] },
  { it: 'to the network', action: 'ec2:CreateNetworkInterface', may: ['render', 'sync'] },
]) {
  test(`roles give only ${may.join(', ')} a way ${it}`, () => {
    const allowed = [...roles].filter(([, text]) => text.includes(action)).map(([name]) => name);
    deepEqual(allowed.toSorted(), may);
  });
}

test('roles let only sync read the installation key', () => {
  const readers = [...roles].filter(([, text]) => text.includes('installation-key')).map(([name]) => name);
  deepEqual(readers, ['sync']);
});

function sidOf(statement: string): string {
  return /^Sid: (\w+)/.exec(statement)?.[1] ?? '';
}

function before(text: string, sid: string): string {
  return text.slice(0, text.indexOf(`Sid: ${sid}`));
}
