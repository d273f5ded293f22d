/** Every recorded refusal of a real API server (test/golden/status) becomes the fault that helps. */
import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import * as z from 'zod';
import type { Answer } from '../../../lib/adapters/kubernetes/answer.ts';
import { kubernetesFault } from '../../../lib/adapters/kubernetes/kubernetes-fault.ts';
import type { FaultCode } from '../../../lib/core/fault/catalogue.ts';
import { refusals } from './refusals.ts';

const folder = new URL('../../golden/status/', import.meta.url);
const answerSchema = z.object({ status: z.number(), body: z.unknown() });

function recorded(name: string): Answer {
  return answerSchema.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
}

function faultOf(name: string) {
  const applies = refusals.find((refusal) => refusal.name === name)?.applies;
  ok(applies, `${name} is not among the refusals`);
  const { apiVersion, kind, metadata } = applies;
  const namespace = metadata.namespace ?? '';
  const ref = { apiVersion, kind, namespace, name: metadata.name };
  return kubernetesFault(recorded(name), { cluster: 'lab', verb: 'patch', resource: 'things.apps', namespace, ref });
}

const withheld = '(the rest is withheld, it may quote the Secret)';
const containers = 'spec.template.spec.containers[name="c"]';

const expected: { name: string; code: FaultCode; fields?: string[]; because?: string | RegExp }[] = [
  {
    name: 'deployment-of-the-tutorials',
    code: 'apply.invalid',
    fields: ['spec.selector', 'spec.template.metadata.labels'],
    because:
      'spec.selector: Required value; ' +
      'spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`',
  },
  {
    name: 'tutorial-over-what-runs',
    code: 'apply.invalid',
    fields: ['spec.selector', 'spec.template.metadata.labels'],
    because:
      'spec.selector: Required value; ' +
      'spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`',
  },
  {
    name: 'undeclared-field',
    code: 'apply.invalid',
    fields: ['spec.foo'],
    because: 'spec.foo: field not declared in schema',
  },
  {
    name: 'duplicate-env',
    code: 'apply.invalid',
    fields: [`${containers}.env`],
    because: `${containers}.env: duplicate entries for key [name="A"]`,
  },
  { name: 'duplicate-env-and-port', code: 'apply.invalid', fields: [`${containers}.env`, `${containers}.ports`] },
  {
    name: 'wrong-types',
    code: 'apply.invalid',
    fields: ['spec.paused', 'spec.replicas'],
    because: 'spec.paused: expected boolean, got &{yes}; spec.replicas: expected numeric (int or float), got string',
  },
  {
    name: 'unreadable-quantity',
    code: 'apply.invalid',
    fields: [],
    because: /^quantities must match the regular expression/,
  },
  {
    name: 'unreadable-name',
    code: 'apply.invalid',
    fields: ['metadata.name'],
    because: /^metadata.name: Invalid value: "Web_1": a lower/,
  },
  { name: 'other-uid', code: 'apply.stale' },
  { name: 'uid-of-nothing', code: 'apply.stale' },
  { name: 'old-resource-version', code: 'apply.stale' },
  { name: 'namespace-missing', code: 'cluster.namespace_missing' },
  { name: 'namespace-terminating', code: 'cluster.namespace_terminating' },
  {
    name: 'immutable-selector',
    code: 'apply.immutable_field',
    fields: ['spec.selector'],
    because: 'spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable',
  },
  {
    name: 'immutable-cluster-ip',
    code: 'apply.immutable_field',
    fields: ['spec.clusterIPs[0]'],
    because: 'spec.clusterIPs[0]: Invalid value: ["10.0.99.99"]: may not change once set',
  },
  {
    name: 'immutable-job',
    code: 'apply.immutable_field',
    fields: ['spec.completionMode', 'spec.template.spec'],
    because:
      'spec.completionMode: Invalid value: "Indexed": field is immutable; spec.template.spec: field is immutable',
  },
  {
    name: 'immutable-stateful-set',
    code: 'apply.immutable_field',
    fields: ['spec'],
    because: /^spec: Forbidden: updates to statefulset spec/,
  },
  { name: 'immutable-config-map', code: 'apply.immutable_field', fields: ['data'] },
  { name: 'immutable-role-ref', code: 'apply.immutable_field', fields: ['roleRef'], because: /cannot change roleRef$/ },
  {
    name: 'immutable-claim',
    code: 'apply.immutable_field',
    fields: ['spec'],
    because:
      'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
  },
  { name: 'immutable-by-rule', code: 'apply.immutable_field', fields: ['spec.fixed'] },
  { name: 'custom-undeclared-in-a-list', code: 'apply.invalid', fields: ['spec.shelves[name="a"].colour'] },
  {
    name: 'custom-duplicate-in-a-set',
    code: 'apply.invalid',
    fields: ['spec.tags'],
    because: 'spec.tags: duplicate entries for key [="new"]',
  },
  {
    name: 'custom-duplicate-in-a-nested-list',
    code: 'apply.invalid',
    fields: ['spec.shelves[name="a"].books'],
    because: 'spec.shelves[name="a"].books: duplicate entries for key [isbn="1"]',
  },
  { name: 'duplicate-finalizer', code: 'apply.invalid', fields: ['metadata.finalizers'] },
  { name: 'custom-undeclared-field', code: 'apply.invalid', fields: ['spec.colour'] },
  {
    name: 'custom-schema',
    code: 'apply.invalid',
    fields: ['spec.currency', 'spec.size'],
    because:
      'spec.currency: Unsupported value: "shells": supported values: "EUR", "USD"; ' +
      'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
  },
  {
    name: 'custom-too-large-for-etcd',
    code: 'apply.invalid',
    because: /^it is larger than etcd takes \(\d+ vs\. 2097152\)$/,
  },
  { name: 'too-large-for-the-server', code: 'apply.invalid', because: 'Request entity too large: limit is 3145728' },
  {
    name: 'too-large-for-a-config-map',
    code: 'apply.invalid',
    because: 'Too long: may not be more than 1048576 bytes',
  },
  {
    name: 'admission-policy',
    code: 'apply.rejected',
    because: /denied request: the key forbidden is not allowed, it holds yes$/,
  },
  {
    name: 'admission-policy-on-secret',
    code: 'apply.rejected',
    because: `ValidatingAdmissionPolicy 'nothing-forbidden' with binding 'nothing-forbidden' denied request ${withheld}`,
  },
  {
    name: 'admission-webhook-unreachable',
    code: 'cluster.failed',
    because: /failed calling webhook "unreachable.trueup.dev"/,
  },
  { name: 'pod-security', code: 'apply.rejected', because: /violates PodSecurity "restricted:latest"/ },
  { name: 'quota', code: 'apply.rejected', because: /exceeded quota: few/ },
  { name: 'forbidden-patch', code: 'cluster.forbidden' },
  { name: 'forbidden-create', code: 'cluster.forbidden' },
  { name: 'forbidden-escalation', code: 'cluster.forbidden' },
  { name: 'secret-not-base64', code: 'apply.invalid', because: `illegal base64 data at input byte 7 ${withheld}` },
  {
    name: 'secret-number',
    code: 'apply.invalid',
    fields: ['stringData.password'],
    because: `stringData.password: expected string ${withheld}`,
  },
  {
    name: 'secret-not-json',
    code: 'apply.invalid',
    fields: ['data[.dockerconfigjson]'],
    because: `data[.dockerconfigjson]: Invalid value ${withheld}`,
  },
  {
    name: 'secret-type',
    code: 'apply.immutable_field',
    fields: ['type'],
    because: `data[tls.crt]: Required value; data[tls.key]: Required value; type: field is immutable ${withheld}`,
  },
  {
    name: 'secret-label',
    code: 'apply.invalid',
    fields: ['metadata.labels'],
    because: `metadata.labels: Invalid value ${withheld}`,
  },
];

for (const { name, code, fields, because } of expected) {
  test(`kubernetes-fault: ${name} is ${code}`, () => {
    const fault = faultOf(name);
    equal(fault.code, code);
    if (fields !== undefined) deepEqual(fault.facts.fields, fields);
    if (because instanceof RegExp) ok(because.test(String(fault.facts.because)), String(fault.facts.because));
    else if (because !== undefined) equal(fault.facts.because, because);
    // The caller adds file and line; values may look like placeholders.
    const said = fault.message.replace(String(fault.facts.because), '') + fault.hint;
    doesNotMatch(said.replaceAll(/\{(file|line)\}/g, ''), /\{\w+\}/, 'a fact is missing');
  });
}

test('kubernetes-fault: every recorded refusal has an expectation', () => {
  const files = readdirSync(folder).map((file) => file.replace('.json', ''));
  deepEqual(files.toSorted(), expected.map(({ name }) => name).toSorted());
});

test('kubernetes-fault: no byte of a Secret is in the fault, its cause or its stack', () => {
  const held = /hunter|4711|aHVudGVyMg|invalid character/;
  for (const { name } of expected.filter(({ name }) => name.includes('secret'))) {
    ok(held.test(JSON.stringify(recorded(name))) || /base64|type/.test(name), `${name} would prove nothing`);
    doesNotMatch(inspect(faultOf(name), { depth: 20, showHidden: true }), held);
  }
});

test('kubernetes-fault: several immutable fields are told in one sentence', () => {
  const said =
    /: spec\.completionMode, spec\.template\.spec of batch\/Job refusals\/job cannot be changed on a live object: /;
  match(faultOf('immutable-job').message, said);
});

test('kubernetes-fault: forbidden names the verb that is missing, not the one that was sent', () => {
  const { verb, resource, where, scope } = faultOf('forbidden-create').facts;
  deepEqual(
    { verb, resource, where, scope },
    {
      verb: 'create',
      resource: 'configmaps',
      where: 'the namespace refusals',
      scope: '-n refusals',
    },
  );
  equal(faultOf('forbidden-patch').facts.resource, 'deployments.apps');
  equal(faultOf('forbidden-escalation').facts.verb, 'escalate');
});

test('kubernetes-fault: forbidden at the cluster scope says so', () => {
  const message =
    'configmaps is forbidden: User "ann" cannot list resource "configmaps" in API group "" at the cluster scope';
  const answer = { status: 403, body: { kind: 'Status', message, reason: 'Forbidden' } };
  const fault = kubernetesFault(answer, { cluster: 'lab', verb: 'list', resource: 'configmaps', namespace: '' });
  equal(fault.message, `RBAC of lab does not allow list on configmaps in the whole cluster: ${message}`);
  ok(fault.hint.includes('kubectl auth can-i list configmaps --all-namespaces'));
});

const about = { cluster: 'lab', verb: 'patch', resource: 'deployments.apps', namespace: 'shop' } as const;
const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };

/** Answers no API server could be made to give here: older servers, gateways, webhooks of others. */
for (const { it, status, body, gives, because } of [
  {
    it: 'a strict decoding error of a create names its fields',
    status: 400,
    body: {
      kind: 'Status',
      message: 'strict decoding error: unknown field "spec.foo", duplicate field "spec.replicas"',
    },
    gives: 'apply.invalid',
    because: 'spec.foo: unknown field; spec.replicas: duplicate field',
  },
  {
    it: 'a webhook may deny with any status',
    status: 409,
    body: { kind: 'Status', message: 'admission webhook "guard.example.com" denied the request: not on Fridays' },
    gives: 'apply.rejected',
    because: 'admission webhook "guard.example.com" denied the request: not on Fridays',
  },
  {
    it: 'fields of another manager are a conflict',
    status: 409,
    body: {
      kind: 'Status',
      message: 'Apply failed with 1 conflict',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "kubectl"', field: '.spec.replicas' }],
      },
    },
    gives: 'apply.field_conflict',
    because: 'spec.replicas: conflict with "kubectl"',
  },
  {
    it: 'a gateway speaks for itself',
    status: 502,
    body: 'Bad Gateway\n',
    gives: 'cluster.failed',
    because: 'Bad Gateway',
  },
  { it: 'an empty answer is told by its number', status: 500, body: '', gives: 'cluster.failed', because: 'HTTP 500' },
  {
    it: 'wrong credentials are told from missing rights',
    status: 401,
    body: { kind: 'Status', message: 'Unauthorized', reason: 'Unauthorized', code: 401 },
    gives: 'cluster.unauthorized',
    because: 'Unauthorized',
  },
]) {
  test(`kubernetes-fault: ${it}`, () => {
    const fault = kubernetesFault({ status, body }, { ...about, ref: web });
    equal(fault.code, gives);
    equal(fault.facts.because, because);
  });
}

test('kubernetes-fault: a kind that is listed after its definition went away is gone', () => {
  const kind = { apiVersion: 'lab.trueup.dev/v1', kind: 'Shop', plural: 'shops', namespaced: true, verbs: [] };
  const fault = kubernetesFault({ status: 404, body: '404 page not found\n' }, { ...about, verb: 'list', kind });
  equal(fault.code, 'cluster.kind_gone');
});
