/** The statement of a policy that would have allowed what AWS denied: one line, to be pasted. */
export function missingStatement({ action, resource, message = '' }: Missing): string {
  const named = /on resource: "?(arn:[^\s"]+)/.exec(message)?.[1];
  return JSON.stringify({ Effect: 'Allow', Action: action, Resource: named ?? resource });
}

/** `message`: AWS's, which mostly names the resource; `resource`: what to say where it does not. */
type Missing = { action: string; resource: string; message?: string };
