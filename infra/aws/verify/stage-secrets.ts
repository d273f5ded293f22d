/** The secrets of an installation, as a person would write them: made, and deleted for good. */
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** `values` by name below `trueup/STAGE/`. */
export async function createSecrets(
  client: SecretsManagerClient,
  stage: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await client.send(new CreateSecretCommand({ Name: `trueup/${stage}/${name}`, SecretString: value }));
  }
}

/** Those that are not there are left out. */
export async function deleteSecrets(
  client: SecretsManagerClient,
  stage: string,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const command = new DeleteSecretCommand({ SecretId: `trueup/${stage}/${name}`, ForceDeleteWithoutRecovery: true });
    await client.send(command).catch((error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    });
  }
}
