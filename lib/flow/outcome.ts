/** What one step of a sync came to: written down in one go before the next step begins. */
import type { ApplicationState } from '../core/application/application-state.ts';
import type { Event } from '../core/event/event.ts';
import type { Rules } from '../core/fleet/rules.ts';
import type { Permission } from '../core/project/permission.ts';
import type { Entry } from '../ports/applications.ts';
import type { Lease } from '../ports/leases.ts';
import type { Ports } from '../ports/ports.ts';
import type { RenderedApplication } from './render-application.ts';

export type Outcome = {
  state: ApplicationState;
  events?: Event[];
  /** Suspects that were looked at, and the request that was answered. */
  suspects?: readonly string[];
  request?: string;
  /** Present: nothing more to do now; look again then (ms since the epoch), or when woken. */
  rest?: number | null;
  /** The Application and its objects are gone. */
  removed?: true;
};

/** One worker's hold on one Application for the length of one run. */
export type Run = {
  entry: Entry;
  lease: Lease;
  ports: Ports;
  /** As they are at this step: a rule that is tightened holds from the next one on. */
  rules: Rules;
  /** What they allow it. */
  permission: Permission;
  /** By revision and source parameters. Rendered once a run; a run that starts anew renders again, so no secret is ever stored. */
  rendered: Map<string, RenderedApplication>;
};
