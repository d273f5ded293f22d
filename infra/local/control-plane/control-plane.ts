/** A Kubernetes control plane on this machine, and what can be asked of it while it runs. */
import type { OnProgress } from '../progress.ts';

/** Somebody who may talk to the cluster. In the group `system:masters` everything is allowed; without groups nothing is. */
export type User = { name: string; groups: readonly string[] };

export type ControlPlaneOptions = {
  /** Everything of this control plane lies here; started again over the same folder, it still has its objects. */
  folder: string;
  /** The API server posts its audit events here. Over plain HTTP it sends no token: a secret must be part of the path. */
  auditWebhook?: { url: string };
  /** Also writes them to `FOLDER/logs/audit.log`. */
  auditLog?: boolean;
  apiServerFlags?: readonly string[];
  /** Known besides `admin`. */
  users?: readonly User[];
  /** `any` (default): kind where Docker runs. `simulated`: pods that kwok pretends to run, the same on every machine. */
  pods?: 'any' | 'simulated';
  onProgress?: OnProgress;
};

export type ControlPlane = {
  readonly kind: 'programs' | 'kind';
  readonly folder: string;
  readonly kubeconfig: string;
  readonly server: string;
  /** By program; empty for kind, whose processes are Docker's. */
  readonly pids: Readonly<Record<string, number>>;
  /** Path of the kubeconfig of a user named at the start. Fault local.unknown_user. */
  kubeconfigFor(user: string): string;
  /** Path of a kubeconfig that acts as a ServiceAccount, which is created where it is missing. It may do nothing until RBAC says so. */
  serviceAccountKubeconfig(account: { namespace: string; name: string }): Promise<string>;
  /** Kills the API server as a crash would. */
  stopApiServer(): Promise<void>;
  startApiServer(): Promise<void>;
  /** Lets it run on when this process ends. */
  leaveRunning(): void;
  /** The folder keeps what is needed to go on from here. */
  stop(): Promise<void>;
  /** Stops it and deletes the folder and everything else of it. */
  remove(): Promise<void>;
};
