/** Webhook deliveries already queued, by the host's delivery id. Remembered for a week. */
export interface Deliveries {
  known(gitHost: string, delivery: string): Promise<boolean>;
  remember(gitHost: string, delivery: string, now: number): Promise<void>;
}
