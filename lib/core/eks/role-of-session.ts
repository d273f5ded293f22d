/** The role behind `arn:aws:sts::111122223333:assumed-role/NAME/SESSION`: what an access entry names. Others stay as they are. */
export function roleOfSession(arn: string): string {
  const session = /^arn:(?<partition>[^:]+):sts::(?<account>\d+):assumed-role\/(?<name>[^/]+)\//.exec(arn)?.groups;
  // AWS leaves the path of the role out of the session's ARN; what is told for a role with a path is short of it.
  return session === undefined ? arn : `arn:${session.partition}:iam::${session.account}:role/${session.name}`;
}
