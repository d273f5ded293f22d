/** What an Application says of the objects beside it that belong to none. */
import { formatKey, type ObjectKey } from '../object/object-key.ts';

const named = 3;

export function orphanWarnings({
  namespace,
  cluster,
  objects,
}: {
  namespace: string;
  cluster: string;
  objects: readonly ObjectKey[];
}): string[] {
  if (objects.length === 0) return [];
  const names = objects.slice(0, named).map(formatKey).join(', ');
  const rest = objects.length > named ? `, and ${objects.length - named} more` : '';
  return [`in ${namespace} of ${cluster} belong to no Application: ${names}${rest}; see \`trueup orphans\``];
}
