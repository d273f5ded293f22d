/** What AWS requests are signed with: the shape the SDK's own providers give. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
};

/** Asked before every use: whoever answers remembers. */
export interface CredentialsSource {
  /** Faults: eks.*. */
  current(): Promise<AwsCredentials>;
  /** They were refused: the next `current()` gets others. */
  renew(): void;
}
