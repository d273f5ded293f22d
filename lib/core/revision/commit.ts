/** A commit as the Git host describes it. */
export type Commit = {
  /** Full 40-digit SHA. */
  sha: string;
  author: string;
  email: string;
  /** First line and body, as written. */
  message: string;
  /** ISO 8601. */
  at: string;
  /** Page of the commit for people; empty where the host has none. */
  url: string;
};
