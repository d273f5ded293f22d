/** Proposes to people that Git goes back. Not every Git host has pull requests. */

export type RevertProposal = {
  /** The branch that would go back. */
  base: string;
  /** The branch that holds the proposal; what an earlier one left there is written over. */
  branch: string;
  /** Full SHA: the paths become what they were there. */
  revision: string;
  /** Files and folders; `.` is the root. None lies within another. */
  paths: readonly string[];
  title: string;
  /** Markdown. */
  body: string;
};

export interface PullRequests {
  /** Its page; one that is open already is taken. null: the branch says so already. Faults git.pull_request_refused, git.*. */
  proposeRevert(repoURL: string, proposal: RevertProposal): Promise<string | null>;
}
