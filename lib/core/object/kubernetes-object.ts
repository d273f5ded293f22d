/** A Kubernetes object as JSON: what Git wants, what the cluster has. */
export type KubernetesObject = {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
};

export type ObjectMeta = {
  name: string;
  namespace?: string;
  generateName?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
  managedFields?: ManagedFieldsEntry[];
  [field: string]: unknown;
};

/** One writer's entry in `metadata.managedFields` (KEP-555). */
export type ManagedFieldsEntry = {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion?: string;
  time?: string;
  subresource?: string;
  fieldsType?: 'FieldsV1';
  fieldsV1?: FieldsV1;
};

/** Owned fields as a trie: `f:name`, `k:{"name":"c"}` for list items by merge key, `v:value` for set members, `.` for the thing itself. */
export type FieldsV1 = { [path: string]: FieldsV1 };
