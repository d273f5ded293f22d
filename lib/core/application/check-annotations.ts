/** Checks what an Application document asks for under our name: every word of it has to be known, and what it says allowed. */
import { nearestName } from '../config/nearest-name.ts';
import { allowedDependsOn, dependsOnAnnotation, readDependsOn } from '../dependency/depends-on.ts';
import {
  allowedAutoRollback,
  autoRollbackAnnotation,
  readAutoRollback,
  rollbackPullRequestAnnotation,
} from '../history/auto-rollback.ts';
import { operationAnnotation, trackingAnnotation } from '../object/tracking.ts';
import { allowedTracking, readTracking, trackingModeAnnotation } from '../options/tracking-mode.ts';
import { allowedApproval, approvalAnnotation, readApproval } from '../plan/approval.ts';
import type { SpecProblem } from './check-spec.ts';
import { allowedTimeout, readTimeout, syncTimeoutAnnotation, waveTimeoutAnnotation } from './sync-timeout.ts';

type Known = { allowed: string; isAllowed(written: string): boolean };

const timeout: Known = { allowed: allowedTimeout, isAllowed: (written) => readTimeout(written) !== null };
/** On a document that Trueup itself applied, and somebody dumped. */
const mark: Known = { allowed: 'anything', isAllowed: () => true };

const ourPrefix = 'trueup.dev/';

const known: Readonly<Record<string, Known>> = {
  [dependsOnAnnotation]: { allowed: allowedDependsOn, isAllowed: (written) => readDependsOn(written) !== null },
  [syncTimeoutAnnotation]: timeout,
  [waveTimeoutAnnotation]: timeout,
  [autoRollbackAnnotation]: {
    allowed: allowedAutoRollback,
    isAllowed: (written) => readAutoRollback(written) !== undefined,
  },
  [rollbackPullRequestAnnotation]: {
    allowed: '"true" or "false"',
    isAllowed: (written) => written === 'true' || written === 'false',
  },
  [approvalAnnotation]: { allowed: allowedApproval, isAllowed: (written) => readApproval(written) !== null },
  [trackingModeAnnotation]: {
    allowed: allowedTracking,
    isAllowed: (written) => readTracking({ [trackingModeAnnotation]: written }) !== null,
  },
  [trackingAnnotation]: mark,
  [operationAnnotation]: mark,
};

/** Paths begin at the document. */
export function checkAnnotations(annotations: Readonly<Record<string, string>>): SpecProblem[] {
  return Object.entries(annotations).flatMap(([name, written]) => {
    const path = ['metadata', 'annotations', name];
    const rule = Object.hasOwn(known, name) ? known[name] : undefined;
    if (rule === undefined && !name.startsWith(ourPrefix)) return [];
    if (rule === undefined)
      return [{ path, found: 'an annotation that Trueup does not know', allowed: insteadOf(name) }];
    return rule.isAllowed(written) ? [] : [{ path, found: JSON.stringify(written), allowed: rule.allowed }];
  });
}

/** What was meant would not be done, and nobody would know. */
function insteadOf(name: string): string {
  const nearest = nearestName(name, Object.keys(known));
  const written = Object.entries(known).flatMap(([each, rule]) =>
    rule === mark || !each.startsWith(ourPrefix) ? [] : [each],
  );
  return nearest === null ? written.join(', ') : `did you mean ${nearest}?`;
}
