/** kind is used as its manual says, seen through stand-ins for `docker` and `kind` that write down how they were called. */
import { deepEqual, equal, match, rejects, throws } from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { load } from 'js-yaml';
import { findKind } from '../../../../infra/local/control-plane/find-kind.ts';
import { startKind } from '../../../../infra/local/control-plane/start-kind.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const kubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'kind-a', cluster: { server: 'https://127.0.0.1:40001', 'certificate-authority-data': 'Q0E=' } }],
  users: [{ name: 'kind-a', user: { 'client-certificate-data': 'Q0VSVA==', 'client-key-data': 'S0VZ' } }],
  contexts: [{ name: 'kind-a', context: { cluster: 'kind-a', user: 'kind-a' } }],
  'current-context': 'kind-a',
};

function machine(t: TestContext, { docker = 'exit 0', create = '' } = {}) {
  const root = tempFolder(t);
  const bin = join(root, 'bin');
  const calls = join(root, 'calls');
  mkdirSync(bin);
  writeFileSync(calls, '');
  writeFileSync(join(root, 'made.json'), JSON.stringify(kubeconfig));
  const say = `echo "$(basename "$0") $*" >> ${calls}`;
  const program = (name: string, body: string) =>
    writeFileSync(join(bin, name), `#!/bin/sh\n${say}\n${body}\n`, { mode: 0o755 });
  program('docker', docker);
  program(
    'kind',
    `case "$1 $2" in
      "get clusters") cat ${root}/clusters 2>/dev/null; exit 0 ;;
      "create cluster") ${create}
        echo "$4" > ${root}/clusters; cp ${root}/made.json "$6" ;;
    esac`,
  );
  const before = process.env.PATH;
  process.env.PATH = [bin, before].join(delimiter);
  t.after(() => {
    process.env.PATH = before;
  });
  return {
    folder: join(root, 'cluster'),
    kind: join(bin, 'kind'),
    calls: () => readFileSync(calls, 'utf8').trim().split('\n'),
  };
}

test('find-kind takes kind from the PATH where the Docker engine answers', async (t) => {
  const { kind } = machine(t);
  equal(await findKind(), kind);
});

test('find-kind is not misled by a Docker client without an engine', async (t) => {
  machine(t, { docker: 'echo "Cannot connect to the Docker daemon" >&2; exit 1' });
  equal(await findKind(), null);
});

test('start-kind creates a cluster of the folder, wakes it the next time, and removes it', async (t) => {
  const { folder, kind, calls } = machine(t);
  const first = await startKind(kind, { folder });
  equal(first.server, 'https://127.0.0.1:40001');
  await first.stop();
  const second = await startKind(kind, { folder });
  await second.remove();
  const name = /--name (trueup-[0-9a-f]{8}) /.exec(calls().join('\n'))?.[1];
  deepEqual(
    calls().map((call) =>
      call
        .split(name ?? '')
        .join('NAME')
        .replace(folder, 'FOLDER')
        .replace(/ sh -c .*/, ' sh'),
    ),
    [
      'kind get clusters',
      'kind create cluster --name NAME --kubeconfig FOLDER/kubeconfig --wait 180s',
      'docker stop NAME-control-plane',
      'kind get clusters',
      'docker start NAME-control-plane',
      'kind export kubeconfig --name NAME --kubeconfig FOLDER/kubeconfig',
      'docker exec NAME-control-plane sh',
      'kind delete cluster --name NAME',
    ],
  );
});

test('start-kind lets its administrator act as the users it was told of', async (t) => {
  const { folder, kind } = machine(t);
  const controlPlane = await startKind(kind, { folder, users: [{ name: 'bob', groups: ['dev'] }] });
  const written = load(readFileSync(controlPlane.kubeconfigFor('bob'), 'utf8'));
  deepEqual(written, {
    ...kubeconfig,
    users: [{ name: 'kind-a', user: { ...kubeconfig.users[0]?.user, as: 'bob', 'as-groups': ['dev'] } }],
  });
  const robot = readFileSync(await controlPlane.serviceAccountKubeconfig({ namespace: 'web', name: 'robot' }), 'utf8');
  match(robot, /as: system:serviceaccount:web:robot/);
  throws(() => controlPlane.kubeconfigFor('mallory'), { code: 'local.unknown_user' });
});

test('start-kind stops the API server by taking its manifest from the kubelet', async (t) => {
  const { folder, kind, calls } = machine(t);
  const controlPlane = await startKind(kind, { folder });
  await controlPlane.stopApiServer();
  await controlPlane.startApiServer();
  const moves = calls()
    .filter((call) => / mv /.test(call))
    .map((call) => call.replace(/.* mv /, ''));
  deepEqual(moves, [
    '/etc/kubernetes/manifests/kube-apiserver.yaml /etc/kubernetes/kube-apiserver.yaml',
    '/etc/kubernetes/kube-apiserver.yaml /etc/kubernetes/manifests/kube-apiserver.yaml',
  ]);
});

test('start-kind quotes what kind said when it could not create the cluster', async (t) => {
  const { folder, kind } = machine(t, { create: 'echo "ERROR: no space left on device" >&2; exit 1;' });
  await rejects(startKind(kind, { folder }), { code: 'local.start_failed', message: /no space left on device/ });
});
