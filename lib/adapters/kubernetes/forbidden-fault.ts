/** Says what RBAC does not allow, so that it can be granted as it stands. */
import { Fault } from '../../core/fault/fault.ts';
import type { ServiceAccount } from '../../core/project/service-account.ts';
import type { Status } from './answer.ts';
import type { About } from './kubernetes-fault.ts';

/** The authorizer's sentence names what was missing: creating by apply needs `create` beside `patch`. */
const sentence =
  /cannot (?<verb>[\w:-]+) resource "(?<resource>[^"]*)"(?: in API group "(?<group>[^"]*)")?(?: in the namespace "(?<namespace>[^"]*)"| at the cluster scope)/;

export function forbiddenFault({ message }: Status, { cluster, account, ...asked }: About): Fault {
  const missing = sentence.exec(message)?.groups;
  const escalates = message.includes('attempting to grant RBAC permissions');
  const verb = escalates ? 'escalate' : (missing?.verb ?? asked.verb);
  const resource = missing?.resource ? [missing.resource, missing.group].filter(Boolean).join('.') : asked.resource;
  const namespace = missing === undefined ? asked.namespace : (missing.namespace ?? '');
  const where = namespace === '' ? 'the whole cluster' : `the namespace ${namespace}`;
  const scope = namespace === '' ? '--all-namespaces' : `-n ${namespace}`;
  const because = message.split('\n')[0];
  const cause = { cause: new Error(`HTTP 403: ${message}`) };
  const facts = { cluster, verb, resource, namespace, where, scope, because };
  if (account === undefined) return new Fault('cluster.forbidden', facts, cause);
  const named = { account: `${account.namespace}:${account.name}` };
  return isImpersonation(verb)
    ? new Fault('cluster.may_not_impersonate', { cluster, ...named, because, rule: ruleFor(account) }, cause)
    : new Fault('cluster.account_forbidden', { ...facts, ...named }, cause);
}

/** Servers that can limit what is done as somebody else have verbs of their own for it (KEP-5284), and take the old one too. */
function isImpersonation(verb: string): boolean {
  return /^impersonate(?!\w)/.test(verb);
}

/** As in a Role, in one line. */
function ruleFor({ name }: ServiceAccount): string {
  return `{apiGroups: [""], resources: [serviceaccounts], verbs: [impersonate], resourceNames: [${name}]}`;
}
