/** What the day of the demo is played on: a cluster, a repository with a signed push hook, a Slack channel, `trueup serve`. */
import type { SlackReceiver } from '../../infra/local/slack-receiver/slack-receiver.ts';
import type { Kubectl } from './kubectl.ts';
import type { Narrator } from './narrator.ts';
import type { TrueupRecord } from './read-record.ts';
import type { ServeProcess } from './serve-process.ts';
import type { Until } from './until.ts';
import type { WorkCopy } from './work-copy.ts';

export type Playground = {
  folder: string;
  /** Absolute paths. */
  config: string;
  kubeconfig: string;
  /** The program, for lines to be typed. */
  kubectlPath: string;
  /** Clone URL. */
  repository: string;
  namespace: string;
  kubectl: Kubectl;
  workCopy: WorkCopy;
  slack: SlackReceiver;
  serve: ServeProcess;
  record: TrueupRecord;
  /** Runs a command of `trueup` with this configuration; gives what it prints. */
  trueup(...args: string[]): Promise<string>;
  until: Until;
  tell: Narrator;
  /** Called right after something was done that Trueup has to notice. */
  onMoment(moment: Moment): Promise<void>;
};

/** What has just been done; `played`: the day is over, and everything still stands. */
export type Moment = 'pushed' | 'edited by hand' | 'held' | 'unheld' | 'played';
