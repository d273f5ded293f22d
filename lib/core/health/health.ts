/** How an object or an Application fares, in Argo CD's words. */
export type HealthStatus = 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown';

/** A status that is not Healthy always says why. */
export type Health =
  | { status: 'Healthy'; because?: string }
  | { status: Exclude<HealthStatus, 'Healthy'>; because: string };
