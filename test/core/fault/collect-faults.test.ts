import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { collectFaults, faultsOf } from '../../../lib/core/fault/collect-faults.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const unreachable = new Fault('cluster.unreachable', { cluster: 'prod' });
const invalid = new Fault('apply.invalid', { file: 'a.yaml', line: 1, object: 'ConfigMap shop/a' });
const rejected = new Fault('apply.rejected', { file: 'b.yaml', line: 2, object: 'ConfigMap shop/b' });

test('collect-faults gives a single fault back as it is', () => equal(collectFaults([invalid]), invalid));

test('collect-faults puts the fault first that waiting does not cure, and tells them all', () => {
  const all = collectFaults([unreachable, invalid, rejected]);
  deepEqual([all.code, all.message, all.cause], ['apply.invalid', invalid.message, invalid]);
  deepEqual(
    all.facts.problems,
    [unreachable, invalid, rejected].map((fault) => fault.report()),
  );
});

test('collect-faults keeps the order of those that are alike', () => {
  equal(collectFaults([rejected, invalid]).code, 'apply.rejected');
});

test('collect-faults has no answer to no faults: that is a bug of the caller', () => {
  throws(() => collectFaults([]), TypeError);
});

test('collect-faults finds the faults among results', () => {
  const results: PromiseSettledResult<unknown>[] = [
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: invalid },
    { status: 'fulfilled', value: 2 },
    { status: 'rejected', reason: unreachable },
  ];
  deepEqual(faultsOf(results), [invalid, unreachable]);
});

test('collect-faults does not take a bug for a fault', () => {
  const bug = new RangeError('a bug');
  throws(
    () =>
      faultsOf([
        { status: 'rejected', reason: invalid },
        { status: 'rejected', reason: bug },
      ]),
    bug,
  );
});
