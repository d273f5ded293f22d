import { deepEqual, match, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { askedParameters } from '../../../lib/core/action/asked-parameters.ts';
import { readEffects } from '../../../lib/core/action/read-effects.ts';
import { readOffers } from '../../../lib/core/action/read-offers.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const object = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { list: [{ tags: ['a'] }], map: { a: 1 } },
};
const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'made' } };

for (const { it, value, effects } of [
  { it: 'an object is a patch', value: object, effects: [{ operation: 'patch', resource: object }] },
  {
    it: 'a list says what is what',
    value: [
      { operation: 'create', resource: other },
      { operation: 'patch', resource: object },
    ],
    effects: [
      { operation: 'create', resource: other },
      { operation: 'patch', resource: object },
    ],
  },
  { it: 'an empty table is nothing to do', value: {}, effects: [] },
  {
    it: 'a list that was emptied is still one',
    value: { ...object, spec: { list: [{ tags: {} }], map: {} } },
    effects: [{ operation: 'patch', resource: { ...object, spec: { list: [{ tags: [] }], map: {} } } }],
  },
]) {
  test(`read-effects: ${it}`, () => deepEqual(readEffects({ value }, object, 'The script'), effects));
}

for (const { it, result, says } of [
  { it: 'a script that fails', result: { because: 'line 3: attempt to index a nil value' }, says: /line 3/ },
  { it: 'nothing', result: { value: null }, says: /no object and no list/ },
  { it: 'text', result: { value: 'done' }, says: /no object and no list/ },
  {
    it: 'an object without a name',
    result: { value: { apiVersion: 'v1', kind: 'Pod', metadata: {} } },
    says: /no object/,
  },
  { it: 'another operation', result: { value: [{ operation: 'delete', resource: object }] }, says: /"delete"/ },
  { it: 'an operation on nothing', result: { value: [{ operation: 'create' }] }, says: /no resource/ },
]) {
  test(`read-effects names ${it}`, () =>
    fails(() => readEffects(result, object, 'The script'), 'action.script_failed', says));
}

for (const { it, value, offers } of [
  { it: 'nothing is none', value: null, offers: [] },
  {
    it: 'each has a name, and may be disabled',
    value: { a: {}, b: { disabled: true }, c: { disabled: false, iconClass: 'x' } },
    offers: [
      { name: 'a', disabled: null, parameters: [] },
      { name: 'b', disabled: 'the rules of the fleet do not offer it now', parameters: [] },
      { name: 'c', disabled: null, parameters: [] },
    ],
  },
  {
    it: 'parameters have a name and a default',
    value: { scale: { params: [{ name: 'replicas', default: 3 }, { name: 'why' }, { nothing: 1 }] } },
    offers: [
      {
        name: 'scale',
        disabled: null,
        parameters: [
          { name: 'replicas', says: '', default: '3' },
          { name: 'why', says: '', default: null },
        ],
      },
    ],
  },
]) {
  test(`read-offers: ${it}`, () => deepEqual(readOffers({ value }, 'discovery.lua'), offers));
}

for (const { result, says } of [
  { result: { because: 'line 1: no' }, says: /line 1/ },
  { result: { value: ['restart'] }, says: /no table/ },
]) {
  test(`read-offers names ${says}`, () =>
    fails(() => readOffers(result, 'discovery.lua'), 'action.script_failed', says));
}

const scale = {
  name: 'scale',
  parameters: [
    { name: 'replicas', says: 'how many pods', default: null },
    { name: 'slowly', says: '', default: 'no' },
  ],
};

test('asked-parameters fills in defaults', () => {
  deepEqual(askedParameters(scale, { replicas: '3' }), { replicas: '3', slowly: 'no' });
});

for (const { given, says } of [
  { given: {}, says: /replicas of the action scale is left out/ },
  { given: { replica: '3' }, says: /replica of the action scale is not known to it/ },
]) {
  test(`asked-parameters refuses ${JSON.stringify(given)}`, () =>
    fails(() => askedParameters(scale, given), 'action.parameter_invalid', says));
}

function fails(task: () => unknown, code: string, says: RegExp): void {
  throws(task, (error) => {
    if (!(error instanceof Fault)) throw error;
    match(error.message, says);
    return error.code === code;
  });
}
