/** One service of AWS that keeps secrets. */
export type SecretSource = {
  /** What is asked of it, in the words of IAM. */
  action: string;
  /** ARN, or what a policy may name instead of one. */
  resource(name: string): string;
  /** null: the secret is there and has no value. Throws what the SDK throws. */
  read(name: string): Promise<string | null>;
};
