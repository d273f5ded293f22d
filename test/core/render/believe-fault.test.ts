import { deepEqual, match } from 'node:assert/strict';
import test from 'node:test';
import { believeFault } from '../../../lib/core/render/believe-fault.ts';

for (const code of ['render.failed', 'render.timed_out', 'render.path_missing', 'git.unsafe_path', 'git.too_large']) {
  test(`believe-fault takes ${code} at its word`, () => {
    const facts = { path: 'app', file: 'app/a.yaml', problems: [{ code, message: 'x' }] };
    const fault = believeFault({ code, facts });
    deepEqual([fault.code, fault.facts], [code, facts]);
  });
}

for (const { it, code, facts = {}, says } of [
  { it: 'a fault of the store', code: 'store.denied', says: /it reported store\.denied, which no rendering raises/ },
  { it: 'a fault of the cluster', code: 'cluster.unreachable', says: /cluster\.unreachable/ },
  { it: 'a fault of a Git host', code: 'git.unauthorized', says: /git\.unauthorized/ },
  { it: 'a code that is none', code: 'render.nonsense', says: /render\.nonsense/ },
  { it: 'a code that every object has', code: 'constructor', says: /constructor/ },
  { it: 'a code with a message in it', code: 'click https://evil.example', says: /it reported no fault of ours/ },
  {
    it: 'a fault as long as a book',
    code: 'render.failed',
    facts: { because: 'x'.repeat(1_000_001) },
    says: /more than 1000000 characters about render\.failed/,
  },
]) {
  test(`believe-fault does not take ${it} at its word`, () => {
    const fault = believeFault({ code, facts });
    deepEqual(fault.code, 'render.remote_failed');
    match(fault.message, says);
  });
}
