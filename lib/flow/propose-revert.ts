/** Opens the pull request that takes Git back to where an Application was rolled back to. */
import type { Event } from '../core/event/event.ts';
import { Fault } from '../core/fault/fault.ts';
import { revertProposal } from '../core/history/revert-proposal.ts';
import { branchOf } from '../core/revision/branch-of.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { callForNotices } from './call-for-notices.ts';
import { lookUpHeads } from './look-up-heads.ts';
import { readingAs } from './reading-as.ts';

export type RevertWish = { from: string; to: string; who: string; reason: string };

/** Its page; null: Git says so already. Faults git.no_pull_requests, git.no_branch, git.pull_request_refused, git.*. */
export async function proposeRevert(
  { application, cluster, state }: Entry,
  { from, to, who, reason }: RevertWish,
  ports: Ports,
): Promise<string | null> {
  const { name, source } = application;
  const { repoURL, targetRevision, path } = source;
  const pullRequests = ports.pullRequests(repoURL);
  const base = branchOf(await lookUpHeads(repoURL, readingAs(application.project, ports)), targetRevision);
  if (base === null) throw new Fault('git.no_branch', { application: name, repoURL, targetRevision });
  const reads = Object.keys(state.synced?.reads ?? {});
  const text = revertProposal({ application: name, from, to, who, reason, reads, path });
  const url = await pullRequests.proposeRevert(repoURL, { ...text, base, revision: to });
  if (url === null) return null;
  const event: Event = {
    id: `${name}-rollback-proposed-${from}-${to}`,
    at: new Date(ports.now()).toISOString(),
    application: name,
    cluster,
    who,
    why: reason === '' ? 'asked for' : reason,
    type: 'rollback.proposed',
    to,
    url,
  };
  await ports.events.append([{ event, channels: ports.channels(name) }]);
  await callForNotices(event.type, ports);
  return url;
}
