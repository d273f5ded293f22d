/** A control plane for the tests of one file: the one `npm test` has started, or, run alone, one of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { apiRequest } from '../../infra/local/control-plane/api-request.ts';
import type { ControlPlane, User } from '../../infra/local/control-plane/control-plane.ts';
import { type Access, readKubeconfig, userKubeconfig } from '../../infra/local/control-plane/kubeconfig.ts';
import { serviceAccountKubeconfig } from '../../infra/local/control-plane/service-account.ts';
import { startControlPlane } from '../../infra/local/control-plane/start-control-plane.ts';
import { showProgress } from '../../infra/local/show-progress.ts';

/** alice may do everything and is nobody's automation; bob may do nothing. */
export const testUsers: readonly User[] = [
  { name: 'alice', groups: ['system:masters'] },
  { name: 'bob', groups: [] },
];

export type TestControlPlane = {
  /** Path; usable inside tests and hooks, not before. */
  readonly kubeconfig: string;
  readonly server: string;
  /** Path of the kubeconfig of one of `testUsers`. */
  kubeconfigFor(user: 'admin' | 'alice' | 'bob'): string;
  /** Path of the kubeconfig of a ServiceAccount that may do nothing until RBAC says so. */
  serviceAccountKubeconfig(account: { namespace: string; name: string }): Promise<string>;
  /** A namespace that nobody else uses, deleted after the tests of the file. */
  freshNamespace(): Promise<string>;
};

/** Registers the hooks that start and stop it: call it once, at the top of the file. */
export function sharedControlPlane(): TestControlPlane {
  let own: ControlPlane | null = null;
  let current: { kubeconfig: string; access: Access } | null = null;
  const namespaces: string[] = [];
  const started = () => {
    if (current === null)
      throw new Error('the control plane is there in tests and hooks, not while the file is being read');
    return current;
  };
  before(async () => {
    const given = process.env.TRUEUP_TEST_KUBECONFIG;
    own = given ? null : await startOwn();
    const kubeconfig = given || own?.kubeconfig || '';
    current = { kubeconfig, access: await readKubeconfig(kubeconfig) };
  });
  after(async () => {
    if (own !== null) return own.remove();
    await Promise.all(
      namespaces.map((name) => apiRequest(started().access, `/api/v1/namespaces/${name}`, { method: 'DELETE' })),
    );
  });
  return {
    get kubeconfig() {
      return started().kubeconfig;
    },
    get server() {
      return started().access.server;
    },
    kubeconfigFor: (user) => userKubeconfig(dirname(started().kubeconfig), user),
    serviceAccountKubeconfig: (account) =>
      serviceAccountKubeconfig(dirname(started().kubeconfig), started().access, account),
    async freshNamespace() {
      const name = `test-${randomBytes(5).toString('hex')}`;
      await createNamespace(started().access, name);
      namespaces.push(name);
      return name;
    },
  };
}

async function startOwn(): Promise<ControlPlane> {
  const display = showProgress();
  const folder = mkdtempSync(join(tmpdir(), 'trueup-test-'));
  try {
    return await startControlPlane({ folder, users: testUsers, pods: 'simulated', onProgress: display.report });
  } finally {
    display.end();
  }
}

async function createNamespace(access: Access, name: string): Promise<void> {
  const { status, body } = await apiRequest(access, '/api/v1/namespaces', {
    method: 'POST',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
  if (status !== 201) throw new Error(`namespace ${name} could not be made: ${status} ${body}`);
}
