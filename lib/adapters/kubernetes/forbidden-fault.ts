/** Says what RBAC does not allow, so that it can be granted as it stands. */
import { Fault } from '../../core/fault/fault.ts';
import type { Status } from './answer.ts';
import type { About } from './kubernetes-fault.ts';

/** The authorizer's sentence names what was missing: creating by apply needs `create` beside `patch`. */
const sentence =
  /cannot (?<verb>\w+) resource "(?<resource>[^"]*)"(?: in API group "(?<group>[^"]*)")?(?: in the namespace "(?<namespace>[^"]*)"| at the cluster scope)/;

export function forbiddenFault({ message }: Status, { cluster, ...asked }: About): Fault {
  const missing = sentence.exec(message)?.groups;
  const escalates = message.includes('attempting to grant RBAC permissions');
  const verb = escalates ? 'escalate' : (missing?.verb ?? asked.verb);
  const resource = missing?.resource ? [missing.resource, missing.group].filter(Boolean).join('.') : asked.resource;
  const namespace = missing === undefined ? asked.namespace : (missing.namespace ?? '');
  const where = namespace === '' ? 'the whole cluster' : `the namespace ${namespace}`;
  const scope = namespace === '' ? '--all-namespaces' : `-n ${namespace}`;
  const facts = { cluster, verb, resource, namespace, where, scope, because: message.split('\n')[0] };
  return new Fault('cluster.forbidden', facts, { cause: new Error(`HTTP 403: ${message}`) });
}
