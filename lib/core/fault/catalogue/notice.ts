/** Faults of the channels that notices go to. */
import type { FaultInfo } from '../catalogue.ts';

export const noticeFaults = {
  'notice.refused': {
    http: 502,
    retry: 'never',
    says: 'The channel at {host} refuses notices',
    hint: 'The webhook was removed, its channel archived, or its URL cut short: make a new one and put it where notifications.slack[].url points to.',
  },
  'notice.rate_limited': {
    http: 429,
    retry: 'later',
    says: 'The channel at {host} takes no more notices for {retryAfterMs} ms',
    hint: 'Nothing is lost: Trueup waits and sends it by itself. Give each channel fewer Applications under notifications.slack[].applications.',
  },
  'notice.unreachable': {
    http: 503,
    retry: 'later',
    says: 'The channel at {host} cannot take notices now',
    hint: 'Nothing is lost: Trueup sends it by itself. If it lasts, check the network and notifications.slack[].url.',
  },
} as const satisfies Record<string, FaultInfo>;
