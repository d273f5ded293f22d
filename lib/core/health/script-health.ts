/** What a Lua script says about an object, read the way Argo CD reads it. */
import { isRecord } from '../object/is-record.ts';
import type { Health, HealthStatus } from './health.ts';

/** What running a script came to. `because` says the line and what is wrong with it, or which limit was reached. */
export type ScriptResult = { value: unknown } | { because: string };

const statuses: readonly HealthStatus[] = ['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown'];

/** `script` names it for people. null: it returns nothing, and so the object has no health. */
export function scriptHealth(result: ScriptResult, script: string): Health | null {
  if ('because' in result) return { status: 'Unknown', because: `${script} fails: ${result.because}` };
  if (result.value === null) return null;
  const { status: said, message } = isRecord(result.value) ? result.value : {};
  const status = statuses.find((each) => each === said);
  if (status === undefined) {
    const allowed = statuses.join(', ');
    return {
      status: 'Unknown',
      because: `${script} returns the status ${JSON.stringify(said ?? null)}; allowed: ${allowed}`,
    };
  }
  const because = message === undefined || message === null ? '' : String(message);
  if (status === 'Healthy') return because === '' ? { status } : { status, because };
  return { status, because: because === '' ? `${script} says ${status}` : because };
}
