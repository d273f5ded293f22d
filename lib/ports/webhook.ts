/** Judges and reads a delivery of one kind of Git host. */
import type { Delivery } from '../core/push/push.ts';

export interface Webhook {
  /**
   * The signature is judged before anything else, in constant time: Faults push.unsigned, push.bad_signature.
   * Then the body: push.bad_payload. Header names are lower case.
   */
  read(
    request: { headers: Readonly<Record<string, string | undefined>>; body: string },
    secret: string,
  ): Promise<Delivery>;
}

export type WebhookDoor = {
  webhook: Webhook;
  /** As `Secrets.read`. */
  secret(options?: { fresh?: boolean }): Promise<string>;
};
