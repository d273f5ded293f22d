/** The page of all fault codes. */
import { catalogue, type FaultInfo } from '../../lib/core/fault/catalogue.ts';

export function faultsPage(): string {
  const entries = Object.entries<FaultInfo>(catalogue).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    '# Faults',
    '',
    'Generated from `lib/core/fault/catalogue`. Every failure that a person can cause has a code; codes are public and',
    'stay. `{words}` in braces are filled in with the facts of the case. *Later* means that Trueup tries again by itself.',
    '',
    ...entries.flatMap(([code, { http, retry, says, hint }]) => [
      `## ${code}`,
      '',
      says.replaceAll('\n', ' '),
      '',
      `*What to do:* ${hint}`,
      '',
      `*HTTP* ${http} · *again:* ${retry === 'later' ? 'later, by itself' : 'no, something has to change'}`,
      '',
    ]),
  ].join('\n');
}
