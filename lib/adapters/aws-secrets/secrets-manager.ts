/** Secrets of AWS Secrets Manager, in the version that is current now. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretSource } from './secret-source.ts';

export function secretsManagerSecrets(client: SecretsManagerClient): SecretSource {
  return {
    action: 'secretsmanager:GetSecretValue',
    // Its ARNs end with six letters of chance.
    resource: (name) => (name.startsWith('arn:') ? name : `arn:aws:secretsmanager:*:*:secret:${name}-??????`),
    async read(name) {
      const { SecretString, SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: name }));
      return SecretString ?? (SecretBinary === undefined ? null : new TextDecoder().decode(SecretBinary));
    },
  };
}
