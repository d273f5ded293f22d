import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { type ScriptResult, scriptHealth } from '../../../lib/core/health/script-health.ts';

const allowed = 'Healthy, Suspended, Progressing, Missing, Degraded, Unknown';

for (const { it, given, gives } of [
  {
    it: 'takes status and message',
    given: { status: 'Degraded', message: 'it is full' },
    gives: { status: 'Degraded', because: 'it is full' },
  },
  { it: 'needs no message of what is Healthy', given: { status: 'Healthy' }, gives: { status: 'Healthy' } },
  {
    it: 'keeps a message of what is Healthy',
    given: { status: 'Healthy', message: 'all 3' },
    gives: { status: 'Healthy', because: 'all 3' },
  },
  {
    it: 'says something where the script does not',
    given: { status: 'Progressing' },
    gives: { status: 'Progressing', because: 'The script says Progressing' },
  },
  {
    it: 'takes a number for a message',
    given: { status: 'Progressing', message: 3 },
    gives: { status: 'Progressing', because: '3' },
  },
  { it: 'has no health where nothing is returned', given: null, gives: null },
  {
    it: 'is Unknown for a status that there is not',
    given: { status: 'healthy' },
    gives: { status: 'Unknown', because: `The script returns the status "healthy"; allowed: ${allowed}` },
  },
  {
    it: 'is Unknown for a name that every object has',
    given: { status: 'toString' },
    gives: { status: 'Unknown', because: `The script returns the status "toString"; allowed: ${allowed}` },
  },
  {
    it: 'is Unknown for a result without a status',
    given: { message: 'x' },
    gives: { status: 'Unknown', because: `The script returns the status null; allowed: ${allowed}` },
  },
  {
    it: 'is Unknown for a text',
    given: 'Healthy',
    gives: { status: 'Unknown', because: `The script returns the status null; allowed: ${allowed}` },
  },
]) {
  test(`script-health ${it}`, () => deepEqual(scriptHealth({ value: given }, 'The script'), gives));
}

test('script-health is Unknown with the line when the script fails', () => {
  const result: ScriptResult = { because: 'line 3: attempt to index a nil value' };
  deepEqual(scriptHealth(result, 'The health script of example.com/Widget'), {
    status: 'Unknown',
    because: 'The health script of example.com/Widget fails: line 3: attempt to index a nil value',
  });
});
