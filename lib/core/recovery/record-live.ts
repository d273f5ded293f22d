/** What the record keeps of an object that was found in the cluster, and of which nobody remembers how it came there. */
import { unproject } from '../drift/project-fields.ts';
import { isRecord } from '../object/is-record.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { keyOf } from '../object/object-key.ts';
import type { AppliedObject, RecordedObject } from '../record/record.ts';
import { type Means, settledObject } from '../record/record-applied.ts';

/** What we own of it stands for the manifest; `desiredHash` is empty, so the next sync looks at it and asks before it prunes it. */
export function recordLive(live: KubernetesObject, means: Means): RecordedObject {
  const applied = settledObject(live, means);
  return {
    key: keyOf(live),
    apiVersion: live.apiVersion,
    origin: { file: 'the cluster', line: 0 },
    desiredHash: '',
    manifest: manifestOf(live, applied),
    applied,
  };
}

function manifestOf({ apiVersion, kind, metadata }: KubernetesObject, applied: AppliedObject): KubernetesObject {
  const { name, namespace, labels, annotations } = metadata;
  const place = { name, ...(namespace === undefined ? {} : { namespace }) };
  const owned = Object.keys(applied.fieldsV1).length === 0 ? null : unproject(applied.settled);
  // Something stripped managedFields: all that is sure is that it is ours.
  if (!isRecord(owned))
    return {
      apiVersion,
      kind,
      metadata: {
        ...place,
        ...(labels === undefined ? {} : { labels }),
        ...(annotations === undefined ? {} : { annotations }),
      },
    };
  return { ...owned, apiVersion, kind, metadata: { ...(isRecord(owned.metadata) ? owned.metadata : {}), ...place } };
}
