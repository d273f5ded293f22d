/** Where a secret value is kept; the configuration never holds the value itself. */
export type SecretReference = { env: string } | { file: string } | { secretsManager: string } | { ssm: string };
