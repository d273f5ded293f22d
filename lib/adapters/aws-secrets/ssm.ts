/** Secrets of the AWS SSM Parameter Store: a SecureString, decrypted there. */
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { SecretSource } from './secret-source.ts';

export function ssmSecrets(client: SSMClient): SecretSource {
  return {
    action: 'ssm:GetParameter',
    resource: (name) => (name.startsWith('arn:') ? name : `arn:aws:ssm:*:*:parameter/${name.replace(/^\//, '')}`),
    async read(name) {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
      return Parameter?.Value ?? null;
    },
  };
}
