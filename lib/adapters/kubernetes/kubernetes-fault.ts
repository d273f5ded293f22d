/** Says an API server's refusal in our words: the one place where its answers become faults. */
import { Fault } from '../../core/fault/fault.ts';
import { formatKey, groupOf } from '../../core/object/object-key.ts';
import type { ServiceAccount } from '../../core/project/service-account.ts';
import type { ObjectRef, ServedKind } from '../../ports/cluster.ts';
import { type Answer, type Status, statusOf } from './answer.ts';
import { forbiddenFault } from './forbidden-fault.ts';
import { isSecret, withoutSecrets } from './mask-refusal.ts';
import { changeable, type Problem, problemsOf, schemaProblemsOf } from './refused-fields.ts';

/** What was tried: of `kind` in `namespace` ('' is the whole cluster), and where it was a write, on `ref`. */
export type About = {
  cluster: string;
  verb: 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete';
  resource: string;
  namespace: string;
  kind?: ServedKind;
  ref?: ObjectRef;
  /** As whom; absent: as ourselves. */
  account?: ServiceAccount;
};

export function kubernetesFault(answer: Answer, about: About): Fault {
  const status = statusOf(answer);
  const { ref } = about;
  return ref === undefined ? readFault(answer, status, about) : writeFault(answer, status, { ...about, ref });
}

function readFault({ status: http, advice }: Answer, status: Status, about: About): Fault {
  const { cluster, kind } = about;
  const because = status.message;
  if (http === 401) {
    const facts = { cluster, because, ...(advice !== undefined && { advice }) };
    return new Fault('cluster.unauthorized', facts, { cause: causeOf(http, because) });
  }
  if (http === 403) return forbiddenFault(status, about);
  if (http === 404 && kind !== undefined) {
    return new Fault('cluster.kind_gone', { cluster, apiVersion: kind.apiVersion, kind: kind.kind });
  }
  return failed(http, because, cluster);
}

type Write = About & { ref: ObjectRef };

function writeFault(answer: Answer, status: Status, about: Write): Fault {
  const { status: http } = answer;
  const { cluster, ref } = about;
  if (http === 401) return readFault(answer, status, about);
  if (isAdmission(status)) return refusal('apply.rejected', http, status, about);
  if (http === 403) return refusedWrite(http, status, about);
  if (http === 404) {
    if (status.details?.kind === 'namespaces' && ref.kind !== 'Namespace') {
      return new Fault('cluster.namespace_missing', { cluster, namespace: ref.namespace, object: nameOf(ref) });
    }
    return refusal('apply.stale', http, status, about);
  }
  if (http === 409) return conflict(http, status, about);
  if (http === 400 || http === 405 || http === 413 || http === 415 || http === 422) return invalid(http, status, about);
  if (http === 500 && schemaProblemsOf(status) !== undefined) return invalid(http, status, about);
  return failed(http, isSecret(ref) ? '' : status.message, cluster);
}

/** 403 is RBAC, a namespace on its way out, or an admission plugin: a quota, a limit range, pod security. */
function refusedWrite(http: number, status: Status, about: Write): Fault {
  const { cluster, ref } = about;
  if (status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating')) {
    return new Fault('cluster.namespace_terminating', { cluster, namespace: ref.namespace, object: nameOf(ref) });
  }
  if (/cannot [\w:-]+ resource|attempting to grant RBAC permissions/.test(status.message))
    return forbiddenFault(status, about);
  return refusal('apply.rejected', http, status, about);
}

function conflict(http: number, status: Status, about: Write): Fault {
  const owned = status.details?.causes?.some(({ reason }) => reason === 'FieldManagerConflict');
  return refusal(owned ? 'apply.field_conflict' : 'apply.stale', http, status, about);
}

function invalid(http: number, status: Status, about: Write): Fault {
  const problems = problemsOf(status);
  // Server-side apply calls another uid than the live one a changed immutable field, where DELETE calls it a conflict.
  if (problems.some(({ field }) => field === 'metadata.uid')) return refusal('apply.stale', http, status, about);
  const immutable = problems.filter(isImmutable);
  if (immutable.length > 0) return refusal('apply.immutable_field', http, status, about, immutable);
  return refusal('apply.invalid', http, status, about);
}

/** What server-side apply says of a field that the kind does not have, whatever fieldValidation was asked for. */
const notDeclared = 'field not declared in schema';

type Refusal = 'apply.rejected' | 'apply.stale' | 'apply.field_conflict' | 'apply.invalid' | 'apply.immutable_field';

/** `because` names every problem; `fields` those that `blamed` stand for. */
function refusal(code: Refusal, http: number, status: Status, { cluster, ref }: Write, blamed?: Problem[]): Fault {
  const problems = problemsOf(status).map((problem) => (isSecret(ref) ? withoutSecrets(problem) : problem));
  const because = problems.map(({ field, says }) => (field === undefined ? says : `${field}: ${says}`)).join('; ');
  const fields = (blamed ?? problems).flatMap(({ field }) => (field === undefined ? [] : [field]));
  const undeclared = problems.flatMap(({ field, says }) => (says === notDeclared ? (field ?? []) : []));
  const except = (blamed ?? []).flatMap(changeable);
  const facts = {
    cluster,
    object: nameOf(ref),
    fields: [...new Set(fields)],
    because,
    ...(except.length > 0 && { except }),
    ...(undeclared.length > 0 && { undeclared }),
  };
  return new Fault(code, facts, isSecret(ref) ? {} : { cause: causeOf(http, status.message) });
}

/** Webhooks choose their status and reason themselves; only the sentence the API server puts before theirs is fixed. */
function isAdmission({ message }: Status): boolean {
  return /admission webhook ".*?" denied the request|AdmissionPolicy '.*?' with binding '.*?' denied request/.test(
    message,
  );
}

/** Nothing but the English says that a field is immutable: the causes carry `FieldValueInvalid` or `…Forbidden` alike. */
function isImmutable({ says }: Problem): boolean {
  return /immutable|may not (be )?change|cannot (be )?change|updates? to .* (is|are) forbidden|can ?not be less than (previous|status)/i.test(
    says,
  );
}

function failed(status: number, because: string, cluster: string): Fault {
  return new Fault(
    'cluster.failed',
    { cluster, status, ...(because && { because }) },
    { cause: causeOf(status, because) },
  );
}

function causeOf(http: number, message: string): Error {
  return new Error(`HTTP ${http}: ${message}`);
}

function nameOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return formatKey({ group: groupOf(apiVersion), kind, namespace, name });
}
