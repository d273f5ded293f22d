/**
 * Takes the values of the Secrets at hand out of what a fault says. The adapter withholds what the server says about a
 * Secret; this is for the rest, as an admission webhook that refuses a Deployment and quotes a Secret of the same push.
 */
import { Fault } from '../fault/fault.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { redactValue, secretForms } from './redact-text.ts';

/** Facts that are names of ours: a Secret that holds `postgres` must not make the object of that name unreadable. */
const names = [
  'file',
  'line',
  'object',
  'kind',
  'namespace',
  'cluster',
  'application',
  'fields',
  'except',
  'undeclared',
  'finalizers',
  'status',
];

/** The same fault where nothing was to be taken out; else without its cause, which says the same again. */
export function maskFault(fault: Fault, objects: readonly KubernetesObject[]): Fault {
  const forms = secretForms(objects);
  const facts = Object.entries(fault.facts).map(([name, fact]) => [
    name,
    names.includes(name) ? fact : redactValue(fact, forms),
  ]);
  const masked = new Fault(fault.code, Object.fromEntries(facts));
  return JSON.stringify(masked.report()) === JSON.stringify(fault.report()) ? fault : masked;
}
