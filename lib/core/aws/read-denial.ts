/** Reads AWS's sentence about what somebody may not do, and writes the statement that would allow it. */
export type Denial = {
  /** ARN of who asked. */
  identity: string;
  /** `dynamodb:PutItem`; SQS writes it in lower case, which IAM does not mind. */
  action: string;
  /** ARN; `*` where AWS does not name it. */
  resource: string;
  /** Of a policy that forbids it, which no statement that allows can outdo: a service control policy, a boundary. */
  isForbidden: boolean;
};

/**
 * `User: ARN is not authorized to perform: ACTION on resource: ARN because no identity-based policy allows the ACTION
 * action`: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html. S3 puts the ARN in quotes.
 */
export function readDenial(message: string): Denial | null {
  const said = /User: (\S+) is not authorized to perform: ([\w-]+:\w+)(?: on resource: "?([^\s"]+))?/.exec(message);
  if (said === null) return null;
  const [, identity = '', action = '', resource = '*'] = said;
  const isForbidden = /with an explicit deny|no permissions boundary allows|no service control policy allows/.test(
    message,
  );
  return { identity, action, resource: resource.startsWith('arn:') ? resource : '*', isForbidden };
}
