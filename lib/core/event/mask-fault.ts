/** Takes the values of the Secrets at hand out of what a fault says, before it is recorded or shown. */
import type { FaultReport } from '../fault/fault.ts';
import { isRecord } from '../object/is-record.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { redactText, redactValue, secretForms } from './redact-text.ts';

/** `objects`: what was being worked on when it failed; those that are Secrets are looked for in every text. */
export function maskFault(report: FaultReport, objects: readonly KubernetesObject[]): FaultReport {
  const forms = secretForms(objects);
  const facts = redactValue(report.facts, forms);
  return {
    code: report.code,
    message: redactText(report.message, forms),
    hint: redactText(report.hint, forms),
    facts: isRecord(facts) ? facts : {},
  };
}
