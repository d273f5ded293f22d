/** Starts etcd, the API server, the controllers, the scheduler and kwok over one folder. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { freePorts } from '../free-ports.ts';
import { type ProcessGroup, processGroup } from '../process-group.ts';
import { auditFlags } from './audit.ts';
import {
  apiServerCommand,
  controllersCommand,
  etcdCommand,
  kwokCommand,
  type Ports,
  schedulerCommand,
} from './commands.ts';
import type { ControlPlane, ControlPlaneOptions } from './control-plane.ts';
import { type Credentials, prepareCredentials } from './credentials.ts';
import { registerFakeNode } from './fake-node.ts';
import type { ProgramPaths } from './find-programs.ts';
import { type Access, readKubeconfig, userKubeconfig, writeKubeconfig } from './kubeconfig.ts';
import { serviceAccountKubeconfig } from './service-account.ts';
import { stopLeftovers } from './stop-leftovers.ts';
import { untilReady } from './until-ready.ts';

const readyWithinMs = 90_000;
const portRaces = 3;

/** Faults: local.start_failed. */
export async function startPrograms(programs: ProgramPaths, options: ControlPlaneOptions): Promise<ControlPlane> {
  const { folder } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await stopLeftovers(folder);
  const credentials = await prepareCredentials(folder, options.users ?? []);
  const group = processGroup(folder);
  try {
    const { ports, access } = await startServers(programs, group, credentials, options);
    await writeUsers(folder, credentials, access);
    group.start(controllersCommand(programs, folder, userKubeconfig(folder, 'system:kube-controller-manager')));
    group.start(schedulerCommand(programs, userKubeconfig(folder, 'system:kube-scheduler')));
    group.start(kwokCommand(programs, userKubeconfig(folder, 'kwok')));
    await registerFakeNode(access);
    return controlPlane(programs, group, credentials, { ports, access, options });
  } catch (fault) {
    await stopAll(group);
    throw fault;
  }
}

type Servers = { ports: Ports; access: Access };

/** Between choosing a port and listening on it somebody else may take it: then once more with others. */
async function startServers(
  programs: ProgramPaths,
  group: ProcessGroup,
  credentials: Credentials,
  options: ControlPlaneOptions,
): Promise<Servers> {
  for (let attempt = 1; ; attempt++) {
    const preferred = attempt === 1 ? await lastPort(options.folder) : 0;
    const [apiServer = 0, etcd = 0] = await freePorts(2, preferred);
    const ports = { apiServer, etcd };
    try {
      group.start(etcdCommand(programs, options.folder, ports));
      return { ports, access: await startApiServer(programs, group, credentials, { ports, options }) };
    } catch (fault) {
      await group.stop('kube-apiserver', { graceMs: 0 });
      await group.stop('etcd', { graceMs: 5_000 });
      const lostRace = fault instanceof Fault && /address already in use/.test(fault.message);
      if (!lostRace || attempt === portRaces) throw fault;
    }
  }
}

async function startApiServer(
  programs: ProgramPaths,
  group: ProcessGroup,
  credentials: Credentials,
  { ports, options }: { ports: Ports; options: ControlPlaneOptions },
): Promise<Access> {
  const { folder, apiServerFlags = [] } = options;
  const audit = await auditFlags(folder, group.logOf('audit'), options);
  group.start(apiServerCommand(programs, folder, ports, [...audit, ...apiServerFlags]));
  const certificate = join(folder, 'certificates', 'apiserver.crt');
  const readAccess = async (): Promise<Access | null> => {
    // The server makes its certificate, which is also its own authority, at the first start.
    const ca = await readFile(certificate, 'utf8').catch(() => null);
    const token = credentials.tokens.get('admin');
    if (ca === null || token === undefined) return null;
    return { server: `https://127.0.0.1:${ports.apiServer}`, ca, user: 'admin', token };
  };
  return untilReady(readAccess, {
    withinMs: readyWithinMs,
    log: group.logOf('kube-apiserver'),
    check: () => group.check(),
  });
}

/** The address stays the same over restarts where it can: Applications and kubeconfigs name it. */
async function lastPort(folder: string): Promise<number> {
  const access = await readKubeconfig(join(folder, 'kubeconfig')).catch(() => null);
  return access === null ? 0 : Number(new URL(access.server).port);
}

async function writeUsers(folder: string, { users, tokens }: Credentials, access: Access): Promise<void> {
  await writeKubeconfig(join(folder, 'kubeconfig'), access);
  for (const { name } of users) {
    const token = tokens.get(name);
    if (token !== undefined) await writeKubeconfig(userKubeconfig(folder, name), { ...access, user: name, token });
  }
}

function controlPlane(
  programs: ProgramPaths,
  group: ProcessGroup,
  credentials: Credentials,
  { ports, access, options }: Servers & { options: ControlPlaneOptions },
): ControlPlane {
  const { folder } = options;
  return {
    kind: 'programs',
    folder,
    kubeconfig: join(folder, 'kubeconfig'),
    server: access.server,
    get pids() {
      return group.pids;
    },
    kubeconfigFor(user) {
      if (credentials.tokens.has(user)) return userKubeconfig(folder, user);
      throw new Fault('local.unknown_user', { user, known: [...credentials.tokens.keys()].join(', ') });
    },
    serviceAccountKubeconfig: (account) => serviceAccountKubeconfig(folder, access, account),
    stopApiServer: () => group.stop('kube-apiserver', { graceMs: 0 }),
    async startApiServer() {
      await startApiServer(programs, group, credentials, { ports, options });
    },
    leaveRunning: () => group.leaveRunning(),
    stop: () => stopAll(group),
    async remove() {
      await stopAll(group);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Clients first and etcd last, so that nothing complains into a void or loses what it was told. */
async function stopAll(group: ProcessGroup): Promise<void> {
  await Promise.all(
    ['kwok', 'kube-scheduler', 'kube-controller-manager'].map((name) => group.stop(name, { graceMs: 0 })),
  );
  await group.stop('kube-apiserver', { graceMs: 0 });
  await group.stop('etcd', { graceMs: 5_000 });
  group.close();
}
