/** The command lines of the five programs. Why a flag is set stands beside it; the rest are addresses and files. */
import { join } from 'node:path';
import { modulesFolder } from '../modules-folder.ts';
import type { Command } from '../process-group.ts';
import type { ProgramPaths } from './find-programs.ts';

export type Ports = { apiServer: number; etcd: number };

/** The simulated clients' limits of 20 requests a second would make 500 Deployments take minutes. */
const unhurried = ['--kube-api-qps=500', '--kube-api-burst=1000'];

export function etcdCommand(programs: ProgramPaths, folder: string, ports: Ports): Command {
  const url = `http://127.0.0.1:${ports.etcd}`;
  return {
    name: 'etcd',
    path: programs.etcd,
    args: [
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      // It has no peers; the system may choose where it waits for them.
      '--listen-peer-urls=http://127.0.0.1:0',
      // Survives kill -9, though not a power cut; three times as fast.
      '--unsafe-no-fsync',
      '--log-level=error',
    ],
  };
}

export function apiServerCommand(
  programs: ProgramPaths,
  folder: string,
  ports: Ports,
  more: readonly string[],
): Command {
  const credentials = join(folder, 'credentials');
  return {
    name: 'kube-apiserver',
    path: programs['kube-apiserver'],
    args: [
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      `--secure-port=${ports.apiServer}`,
      '--bind-address=127.0.0.1',
      // A machine without a network has no other address to announce.
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--cert-dir=${join(folder, 'certificates')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${join(credentials, 'service-accounts.pub')}`,
      `--service-account-signing-key-file=${join(credentials, 'service-accounts.key')}`,
      `--token-auth-file=${join(credentials, 'tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.0.0.0/16',
      ...more,
    ],
  };
}

export function controllersCommand(programs: ProgramPaths, folder: string, kubeconfig: string): Command {
  return {
    name: 'kube-controller-manager',
    path: programs['kube-controller-manager'],
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--service-account-private-key-file=${join(folder, 'credentials', 'service-accounts.key')}`,
      `--root-ca-file=${join(folder, 'certificates', 'apiserver.crt')}`,
      '--leader-elect=false',
      '--secure-port=0',
      ...unhurried,
    ],
  };
}

export function schedulerCommand(programs: ProgramPaths, kubeconfig: string): Command {
  return {
    name: 'kube-scheduler',
    path: programs['kube-scheduler'],
    args: [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0', ...unhurried],
  };
}

export function kwokCommand(programs: ProgramPaths, kubeconfig: string): Command {
  return {
    name: 'kwok',
    path: programs.kwok,
    // It carries no stages of its own: without the file no pod would ever run.
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--manage-all-nodes=true',
      `--config=${join(modulesFolder(), 'kwok', 'stages.yaml')}`,
    ],
  };
}
