/** Where a secret value is kept; the configuration never holds the value itself. */
import * as z from 'zod';

const name = z.string().min(1);

export const secretReference = z
  .union(
    [
      z.strictObject({ env: name.describe('Name of an environment variable.') }),
      z.strictObject({ file: name.describe('A file, relative to trueup.yaml; a newline at its end is dropped.') }),
      z.strictObject({
        secretsManager: name.describe(
          'Name or ARN in AWS Secrets Manager. `NAME#KEY` is one value of a secret that is a JSON object.',
        ),
      }),
      z.strictObject({
        ssm: name.describe('Name of a SecureString in AWS SSM Parameter Store, with `#KEY` as above.'),
      }),
    ],
    { error: 'a reference: {env: NAME}, {file: PATH}, {secretsManager: NAME} or {ssm: NAME}' },
  )
  .meta({ id: 'SecretReference', description: 'Where a secret value is kept; never the value itself.' });

export type SecretReference = z.infer<typeof secretReference>;

/** `{env: HOOK_SECRET}`, for people. */
export function formatReference(reference: SecretReference): string {
  const [kind, where] = Object.entries(reference)[0] ?? ['', ''];
  return `{${kind}: ${where}}`;
}
