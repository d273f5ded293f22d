/** One field that differs, for people: values are masked where they are secret. */
export type FieldChange = {
  /** `spec.replicas`, `spec.template.spec.containers[name=web].env[name=A].value` */
  path: string;
  /** undefined: the field was not there. */
  from?: unknown;
  /** undefined: the field is gone. */
  to?: unknown;
};
