/** One line of `trueup doctor`: what was looked at, and what was found or is wrong. */
import { Fault } from '../../lib/core/fault/fault.ts';

export type Finding = { check: string } & (
  | { ok: true; found: string }
  | { ok: false; code: string; message: string; hint: string }
);

export type Tried<Value = null> = { found: string; value: Value };

/** Everything that can be tried is tried, however much of it fails. `look` gives null where it failed. */
export function openFindings() {
  const findings: Finding[] = [];
  return {
    findings,
    add(finding: Finding): void {
      findings.push(finding);
    },
    async look<Value>(check: string, work: () => Promise<Tried<Value>>): Promise<Value | null> {
      try {
        const { found, value } = await work();
        findings.push({ check, ok: true, found });
        return value;
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        const { code, message, hint } = error.report();
        findings.push({ check, ok: false, code, message, hint });
        return null;
      }
    },
  };
}
