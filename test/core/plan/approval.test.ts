import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { approvalAnnotation, isApproved, readApproval } from '../../../lib/core/plan/approval.ts';
import { failed, wanted } from '../sync/a-situation.ts';

const since = Date.UTC(2026, 4, 1, 12);
const now = since + 3_600_000;

for (const { it, written, tried = failed(wanted, { since }), gives } of [
  { it: 'counts when it was given after the first try', written: '2026-05-01T12:00:01Z', gives: true },
  { it: 'counts at that very moment', written: '2026-05-01T12:00:00Z', gives: true },
  { it: 'knows zones and fractions', written: '2026-05-01T14:30:00.5+02:00', gives: true },
  { it: 'does not count for what was tried after it', written: '2026-05-01T11:59:59Z', gives: false },
  { it: 'from the future is no blank cheque', written: '2099-01-01T00:00:00Z', gives: false },
  { it: 'may be given by a clock that is a little fast', written: '2026-05-01T13:00:59Z', gives: true },
  { it: 'does not count for what was never tried', written: '2026-05-01T12:00:01Z', tried: null, gives: false },
  {
    it: 'does not count where nobody knows since when',
    written: '2026-05-01T12:00:01Z',
    tried: failed(wanted),
    gives: false,
  },
  { it: 'has to be there', written: undefined, gives: false },
])
  test(`approval ${it}`, () => {
    const annotations = written === undefined ? {} : { [approvalAnnotation]: written };
    equal(isApproved({ annotations }, tried, now), gives);
  });

for (const written of ['true', '2026-05-01', '2026-05-01T12:00:00', '2026-13-01T12:00:00Z', ''])
  test(`approval: '${written}' is no time`, () => equal(readApproval(written), null));
