/** Every function works with its own role, and fails with a code, naming the action, when anything is taken from it: no role has what it does not need. */
import { deepEqual, match } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { functionNames } from '../../infra/aws/function-names.ts';
import { attempt, type Refusal } from '../support/least-privilege/attempt.ts';
import { deniedThings } from '../support/least-privilege/denied-things.ts';
import { notObservable } from '../support/least-privilege/not-observable.ts';
import { type Installation, openInstallation } from '../support/least-privilege/open-installation.ts';
import { openRolePolicy } from '../support/least-privilege/role-policy.ts';
import { type Grant, takeAway } from '../support/least-privilege/take-away.ts';
import { type Cloud, openCloud } from '../support/open-cloud.ts';

let cloud: Cloud;
let installation: Installation;
before(async () => {
  cloud = await openCloud();
  installation = await openInstallation(cloud, 'least');
});
after(() => cloud?.stop());

test('least privilege: sync can do its work with its role, and leaves the others what they try to read', async () => {
  deepEqual(await attempt('sync', installation), []);
});

describe('least privilege', { concurrency: 4 }, () => {
  for (const name of functionNames) {
    test(`of ${name}: it works with its role, and lacks whatever is taken from it`, async (t) => {
      const policy = await openRolePolicy(installation, name);
      deepEqual(await attempt(name, installation), [], `${name} works with the role it was deployed with`);
      const all = takeAway(policy.document);
      const observable = all.filter(({ grants }) => !grants.every((grant) => isListed(name, grant)));
      const unneeded: string[] = [];
      for (const { what, grants, without } of observable) {
        await policy.replace(without);
        const refusals = await attempt(name, installation);
        if (refusals.some((refusal) => names(refusal, grants))) continue;
        unneeded.push(`${name} without ${what}: ${refusals.length === 0 ? 'works' : JSON.stringify(refusals)}`);
      }
      if (observable.length > 0) await policy.replace(policy.document);
      deepEqual(unneeded, []);
      t.diagnostic(
        `${policy.document.Statement.length} statements; ${observable.length} of ${all.length} things taken were missed`,
      );
    });
  }

  for (const { role, may, ask } of deniedThings)
    test(`keeps ${role} from ${may}`, async () => {
      const outcome = await ask(installation).then(
        () => 'allowed',
        (error: unknown) => String(error),
      );
      match(outcome, /^AccessDenied\w*: .*is not authorized to perform/);
    });
});

function isListed(role: string, { sid, action }: Grant): boolean {
  return notObservable.some((entry) => entry.role === role && entry.sid === sid && entry.actions.includes(action));
}

/** Coded, and its hint says what to add. AWS does not care for the case of an action. */
function names({ code, hint }: Refusal, grants: readonly Grant[]): boolean {
  const said = hint.toLowerCase();
  return code !== 'unexpected' && grants.some(({ action }) => said.includes(action.toLowerCase()));
}
