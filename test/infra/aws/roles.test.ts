/** What the roles of the functions may do at most, read from the files they are deployed from. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { functionNames } from '../../../infra/aws/function-names.ts';
import { type NotObservable, notObservable } from '../../support/least-privilege/not-observable.ts';
import { type FunctionRole, type RoleStatement, readRoles, readService } from './read-template.ts';

const roles = readRoles();
const { functions, custom } = readService();

/** Where AWS takes no name, and why. Each says so itself, in a comment above it. */
const nameless: Record<string, string> = {
  AttachToVpc: 'network interfaces have no names before they are made',
  LeaveVpcAlone: 'forbids what AttachToVpc allows',
  FindClusters: 'the list of clusters belongs to no cluster',
  SendTraces: 'X-Ray knows no resource for segments',
};

/** What may stand for several things, and is ours whatever it stands for. */
const widest = [
  // The streams of its own log.
  /:log-group:\/aws\/lambda\/\$\{self:service\}-\$\{sls:stage\}-[a-z]+:\*$/,
  // What people keep for one purpose.
  /:(secret:|parameter\/)\$\{self:service\}\/\$\{sls:stage\}\/(webhook|git|clusters|notify|access)\/\*$/,
  // Secrets Manager ends every ARN with six letters of chance.
  /:secret:\$\{self:service\}\/\$\{sls:stage\}\/installation-key-\*$/,
  /^\$\{(Bucket|ScratchBucket)\.Arn\}\/(blobs|spill|render)\/\*$/,
  // Clusters are added in trueup.yaml, without a deployment.
  /:eks:\*:\$\{AWS::AccountId\}:cluster\/\*$/,
  // Each of these roles says itself whom it trusts.
  /:iam::\*:role\/trueup-\*$/,
];

for (const [name, { id, statements, text }] of roles) {
  test(`roles: ${name} is allowed no action with a *`, () => {
    const actions = statements.flatMap(({ Action }) => Action);
    deepEqual(
      actions.filter((action) => !/^[a-z0-9-]+:[A-Za-z]+$/.test(action)),
      [],
    );
  });

  test(`roles: ${name} names what it may touch, and says why where AWS cannot`, () => {
    const open = statements.filter(({ Resource }) => Resource.includes('*')).map(({ Sid }) => Sid);
    deepEqual(
      open.filter((sid) => nameless[sid] === undefined),
      [],
    );
    for (const sid of open) match(before(text, sid), /\n +# [^\n]+\n( +- !If\n +- \w+\n)? +- (\{ )?$/);
  });

  test(`roles: ${name} touches nothing that is not of this installation`, () => {
    const wide = statements
      .flatMap((statement) => statement.Resource.map((resource) => ({ sid: statement.Sid, resource })))
      .filter(({ resource }) => resource !== '*' && nameOf(resource).includes('*'));
    for (const { sid, resource } of wide) {
      ok(
        widest.some((pattern) => pattern.test(nameOf(resource))),
        `${id} ${sid}: ${nameOf(resource)}`,
      );
    }
  });

  test(`roles: ${name} has a name for every statement, each once`, () => {
    const sids = statements.map(({ Sid }) => Sid);
    deepEqual(sids, [...new Set(sids)]);
  });

  test(`roles: ${name} writes its own log and no other`, () => {
    const [log, ...more] = statements.filter(({ Action }) => Action.some((action) => action.startsWith('logs:')));
    equal(more.length, 0);
    match(nameOf(log?.Resource[0]), new RegExp(`-${name}:\\*$`));
  });
}

test('roles: every function has its own, and no role is without a function', () => {
  deepEqual(Object.keys(functions).toSorted(), functionNames.toSorted());
  deepEqual(
    Object.entries(functions)
      .map(([name, { role }]) => [name, role])
      .toSorted(),
    [...roles].map(([name, { id }]) => [name, id]).toSorted(),
  );
});

test('roles: only Lambda may take one', () => {
  deepEqual(custom.lambdaTrust, {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  for (const { text } of roles.values()) match(text, /AssumeRolePolicyDocument: \$\{self:custom\.lambdaTrust\}\n/);
});

test('roles: what only some installations need is there under a condition', () => {
  const onlyIf = [...roles.values()].flatMap(({ statements }) => statements.filter((each) => each.onlyIf !== null));
  deepEqual(new Set(onlyIf.map(({ Sid, onlyIf }) => `${Sid} if ${onlyIf}`)), new Set(conditions));
});
const conditions = [
  'FindClusters if IsSearching',
  'AttachToVpc if HasVpc',
  'LeaveVpcAlone if HasVpc',
  'SendTraces if IsTraced',
];

test('roles: what is not observable is in a role, and all that no test takes away is listed', () => {
  const listed = notObservable.map(({ role, sid, actions }) => `${role} ${sid}: ${actions.join(', ')}`);
  const all = [...roles].flatMap(([name, { statements }]) => statements.map((each) => ({ name, ...each })));
  const inRole = ({ role, sid, actions }: NotObservable) =>
    all.some(({ name, Sid, Action }) => name === role && Sid === sid && actions.every((each) => Action.includes(each)));
  deepEqual(
    notObservable.filter((entry) => !inRole(entry)),
    [],
  );
  const untaken = all.filter(({ Effect, onlyIf }) => Effect === 'Deny' || !['IsSearching', null].includes(onlyIf));
  for (const { name, Sid, Action } of untaken) ok(listed.includes(`${name} ${Sid}: ${Action.join(', ')}`), Sid);
});

test('roles: what runs in a function may not use what Lambda attaches it to a VPC with', () => {
  for (const name of ['render', 'sync']) {
    const { statements } = roleOf(name);
    deepEqual(find(statements, 'LeaveVpcAlone').Action, find(statements, 'AttachToVpc').Action);
    equal(find(statements, 'LeaveVpcAlone').Effect, 'Deny');
  }
});

test('roles: render may write its log, and nothing else that Lambda does not do for it', () => {
  deepEqual(
    roleOf('render').statements.map(({ Sid }) => Sid),
    ['WriteLogs', 'AttachToVpc', 'LeaveVpcAlone'],
  );
});

for (const { it, action, may } of [
  { it: 'into the queue', action: 'sqs:SendMessage', may: ['audit', 'drift', 'notify', 'sync', 'webhook'] },
  { it: 'out of the queue', action: 'sqs:ReceiveMessage', may: ['sync'] },
  { it: 'into clusters', action: 'sts:AssumeRole', may: ['sync'] },
  { it: 'to render', action: 'lambda:InvokeFunction', may: ['sync'] },
  { it: 'to write blobs', action: 's3:PutObject', may: ['sync'] },
  { it: 'to put what is not there', action: 'dynamodb:PutItem', may: ['sync', 'webhook'] },
  { it: 'to secrets', action: 'secretsmanager:GetSecretValue', may: ['api', 'notify', 'sync', 'webhook'] },
  { it: 'to the network', action: 'ec2:CreateNetworkInterface', may: ['render', 'sync'] },
]) {
  test(`roles give only ${may.join(', ')} a way ${it}`, () => {
    const allowed = [...roles].filter(([, { statements }]) => statements.some(({ Action }) => Action.includes(action)));
    deepEqual(allowed.map(([name]) => name).toSorted(), may);
  });
}

test('roles let only sync read the installation key', () => {
  const readers = [...roles].filter(([, { statements }]) =>
    statements.some(({ Resource }) => Resource.some((resource) => nameOf(resource).includes('installation-key'))),
  );
  deepEqual(
    readers.map(([name]) => name),
    ['sync'],
  );
});

function roleOf(name: string): FunctionRole {
  const found = roles.get(name);
  if (found === undefined) throw new Error(`no role of ${name}`);
  return found;
}

function find(statements: readonly RoleStatement[], sid: string): RoleStatement {
  const found = statements.find(({ Sid }) => Sid === sid);
  if (found === undefined) throw new Error(`no statement ${sid}`);
  return found;
}

/** A `Resource`, which is a name, or one function of CloudFormation that gives it. */
function nameOf(resource: unknown): string {
  if (typeof resource !== 'object' || resource === null) return String(resource);
  return Object.values(resource).join();
}

function before(text: string, sid: string): string {
  return text.slice(0, text.indexOf(`Sid: ${sid}`));
}
