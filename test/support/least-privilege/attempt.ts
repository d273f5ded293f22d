/** Has a function try all it may do, by its self-test and, where that would not be harmless in a real installation, by its work. */
import { selfFinding, selfTestEvent } from '../../../functions/self-test.ts';
import { invoke } from './invoke.ts';
import type { Installation } from './open-installation.ts';
import { takePush } from './take-push.ts';
import { tellNotices } from './tell-notices.ts';

/** What did not work, and why. */
export type Refusal = { check: string; code: string; hint: string };

export async function attempt(name: string, installation: Installation): Promise<Refusal[]> {
  const { failed, answer } = await invoke(installation, name, selfTestEvent);
  if (failed) return [{ check: 'answers', code: 'unexpected', hint: JSON.stringify(answer) }];
  const refused = selfFinding
    .array()
    .parse(answer)
    .filter((finding) => !finding.ok);
  const more =
    name === 'webhook' ? await takePush(installation) : name === 'notify' ? await tellNotices(installation) : [];
  return [...refused, ...more];
}
