/** A document as it was meant where it says null. */

/** To Kubernetes null is "not given"; in Helm's values it takes a default away. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => {
      if (field === null) return [];
      return [[key, key === 'valuesObject' ? field : withoutNulls(field)]];
    }),
  );
}
