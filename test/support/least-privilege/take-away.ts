/** Takes a policy apart: every smallest thing that it grants, each with the policy that grants all but this one. */
import * as z from 'zod';

const texts = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());

const statement = z.strictObject({
  Sid: z.string(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts,
  Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
});
type Statement = z.infer<typeof statement>;

/** As IAM gives it back; a statement without a name, or with anything else in it, is refused. */
export const policyDocument = z.object({ Version: z.literal('2012-10-17'), Statement: z.array(statement) });
export type PolicyDocument = z.infer<typeof policyDocument>;

export type Grant = { sid: string; action: string; resource: string };
export type Taken = { what: string; grants: readonly Grant[]; without: PolicyDocument };

/** Every statement with more than one grant as a whole, every action on every resource, every value of a condition. */
export function takeAway(policy: PolicyDocument): Taken[] {
  return policy.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap((from) => {
    const grants = grantsOf(from);
    const whole = grants.length === 1 ? [] : [{ what: from.Sid, grants, left: [] }];
    const single = grants.map((grant) => ({
      what: `${grant.sid} ${grant.action} on ${grant.resource}`,
      grants: [grant],
      left: without(from, grant),
    }));
    return [...whole, ...single, ...narrower(from)].map(({ left, ...taken }) => ({
      ...taken,
      without: { ...policy, Statement: policy.Statement.flatMap((each) => (each === from ? left : [each])) },
    }));
  });
}

export function grantsOf({ Sid, Action, Resource }: Statement): Grant[] {
  return Action.flatMap((action) => Resource.map((resource) => ({ sid: Sid, action, resource })));
}

function without(from: Statement, { action, resource }: Grant): Statement[] {
  const others = { ...from, Sid: `${from.Sid}Others`, Action: from.Action.filter((each) => each !== action) };
  const elsewhere = { ...from, Action: [action], Resource: from.Resource.filter((each) => each !== resource) };
  return [others, elsewhere].filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
}

/** Each value of a condition that has several. */
function narrower(from: Statement): { what: string; grants: Grant[]; left: Statement[] }[] {
  return Object.entries(from.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) =>
      (values.length === 1 ? [] : values).map((value) => ({
        what: `${from.Sid} ${key} ${value}`,
        grants: grantsOf(from),
        left: [
          {
            ...from,
            Condition: { ...from.Condition, [operator]: { ...keys, [key]: values.filter((each) => each !== value) } },
          },
        ],
      })),
    ),
  );
}
