/** The statement of a policy that would have allowed what AWS denied, for people to copy. */
export function missingStatement({ message, action, resource }: Denied): string {
  const named = /on resource: "?(arn:[^\s"]+)/.exec(message)?.[1];
  return JSON.stringify({ Effect: 'Allow', Action: action, Resource: named ?? resource });
}

/** `message`: AWS's, which mostly names the resource; `resource`: what to say where it does not. */
export type Denied = { message: string; action: string; resource: string };
