/** When the Applications of a project may be synced, and when they must not: one entry of an AppProject's `syncWindows`. */

export type SyncWindow = {
  kind: 'allow' | 'deny';
  /** As written, five cron fields. Whatever is wrong with the three times is found when it is judged, and blocks. */
  schedule: string;
  /** As written: `1h30m`. */
  duration: string;
  /** As written: `Europe/Berlin`; `UTC` where nothing is. */
  timeZone: string;
  /** Globs. What one of the three lists matches is meant, or with `andOperator` what all lists that name anything match. */
  applications: string[];
  namespaces: string[];
  /** Of names and of servers. */
  clusters: string[];
  andOperator: boolean;
  /** People may sync although it blocks. */
  manualSync: boolean;
  /** A sync that had begun before it blocked goes on. */
  syncOverrun: boolean;
  description: string;
};
