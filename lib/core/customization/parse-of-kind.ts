/** Reads `apps_Deployment` or `apps/Deployment`; a kind alone is one of the core group. */
import type { OfKind } from './customizations.ts';

/** `all` (in `ignoreDifferences` alone) stands for every kind. null: it is none of these. */
export function parseOfKind(text: string, separator: '_' | '/', mayBeAll: boolean): OfKind | null {
  if (mayBeAll && text === 'all') return { group: '*', kind: '*' };
  const parts = text.split(separator);
  if (parts.length > 2 || parts.some((part) => part === '')) return null;
  const [first = '', second] = parts;
  return second === undefined ? { group: '', kind: first } : { group: first, kind: second };
}
