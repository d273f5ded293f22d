/** Where the story of `npm run verify:aws` is played: an account, an EKS cluster with its kubectl, a repository to push to. */
import type { ClientConfig } from '../../local/aws/local-aws.ts';

export type VerifySetting = {
  /** Of the installation that is made and removed again; nobody else's. */
  stage: string;
  region: string;
  /** For clients of AWS; empty: as the environment says. */
  aws: Partial<ClientConfig>;
  /** Of `npm run deploy` and `npm run remove`. */
  env: NodeJS.ProcessEnv;
  /** Name of the EKS cluster. */
  cluster: string;
  /** As somebody who may do everything there; gives what is printed. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  repository: {
    url: string;
    /** Reads it, where not everybody may. */
    token?: string;
    /** Path → content, null removes. The full SHA. */
    push(message: string, files: Readonly<Record<string, string | null>>): Promise<string>;
  };
  /** Slack incoming webhook. */
  slackUrl?: string;
  /** Where a URL of the stack is reached from here. */
  reach(url: string): string;
  say(line: string): void;
};
