/** What a repository's refs point at, from one request. */
export type Heads = {
  /** Name of the branch HEAD points at, without `refs/heads/`. */
  defaultBranch: string;
  /** Branch name → SHA. */
  branches: Record<string, string>;
  /** Tag name → SHA of the commit (annotated tags peeled). */
  tags: Record<string, string>;
  /** Validator for a conditional request; empty where the host gives none. */
  etag: string;
};
