/** Has a function try all it may do, by its self-test and, where that would not be harmless in a real installation, by its work. */
import { selfFinding, selfTestEvent } from '../../../functions/self-test.ts';
import { invoke } from './invoke.ts';
import type { Installation } from './open-installation.ts';
import { takePush } from './take-push.ts';
import { tellNotices } from './tell-notices.ts';

/** What did not work, and why. */
export type Refusal = { check: string; code: string; hint: string };

/** By the short name of a function. */
const work: Record<string, (installation: Installation) => Promise<Refusal[]>> = {
  webhook: takePush,
  notify: tellNotices,
};
const tries = 3;

export async function attempt(name: string, installation: Installation): Promise<Refusal[]> {
  const refused = await selfTest(name, installation);
  return [...refused, ...((await work[name]?.(installation)) ?? [])];
}

/** Where the machine was too busy for a check to end, nothing is known: it is tried again. */
async function selfTest(name: string, installation: Installation, left = tries): Promise<Refusal[]> {
  const { failed, answer } = await invoke(installation, name, selfTestEvent);
  if (failed) return [{ check: 'answers', code: 'unexpected', hint: JSON.stringify(answer) }];
  const findings = selfFinding.array().parse(answer);
  const refused = findings.filter((finding) => !finding.ok);
  const isKnown = left === 1 || refused.every(({ code }) => code !== 'doctor.no_answer');
  return isKnown ? refused : selfTest(name, installation, left - 1);
}
