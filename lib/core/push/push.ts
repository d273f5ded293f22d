/** What a Git host tells us when a ref moves. It only wakes us: nothing in it is ever deployed. */
export type Push = {
  /** Delivery id of the host, for de-duplication. */
  delivery: string;
  /** Clone and web URLs by which Applications may name this repository, as the payload gives them. */
  repoURLs: string[];
  /** Full ref: `refs/heads/main`, `refs/tags/v1`. */
  ref: string;
  /** SHA before, all zero for a new ref. */
  before: string;
  /** SHA after, all zero for a deleted ref. */
  after: string;
  pusher: string;
};

/** What a signed delivery turned out to be. */
export type Delivery = { kind: 'push'; pushes: Push[] } | { kind: 'ping' } | { kind: 'ignored'; event: string };
