import { equal, rejects } from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import test from 'node:test';
import { accessTo } from '../../../functions/wire/access-to.ts';
import { kubeconfigFolder } from '../../../functions/wire/kubeconfig-folder.ts';

const reference = { secretsManager: 'trueup/prod/clusters/edge' };

function kubeconfig(user: object): string {
  return JSON.stringify({
    'current-context': 'edge',
    contexts: [{ name: 'edge', context: { cluster: 'edge', user: 'edge' } }],
    clusters: [{ name: 'edge', cluster: { server: 'https://127.0.0.1:6443' } }],
    users: [{ name: 'edge', user }],
  });
}

function open(text: string) {
  const paths: string[] = [];
  const { write, remove } = kubeconfigFolder();
  const folder = {
    remove,
    write: async (cluster: string, content: string) => {
      const path = await write(cluster, content);
      paths.push(path);
      return path;
    },
  };
  const secrets = { read: async () => text };
  return {
    paths,
    remove,
    access: accessTo(
      { name: 'edge', kubeconfig: reference, concurrency: 1 },
      { installation: 'trueup', secrets, folder },
    ),
  };
}

test('access-to reads a kubeconfig from a secret, which lies where only we may read it and is gone in the end', async () => {
  const { access, paths, remove } = open(kubeconfig({ token: 'a-token' }));
  const { origin, headers } = await access.current();
  equal(origin, 'https://127.0.0.1:6443');
  equal(headers.authorization, 'Bearer a-token');
  const [path = ''] = paths;
  equal(statSync(path).mode & 0o777, 0o600);
  equal(statSync(dirname(path)).mode & 0o777, 0o700);
  await remove();
  equal(existsSync(dirname(path)), false);
});

test('access-to runs no program and reads no file that a kubeconfig in a secret names', async () => {
  for (const user of [{ exec: { command: '/bin/sh' } }, { tokenFile: '/proc/self/environ' }]) {
    const { access, paths } = open(kubeconfig(user));
    const [name = ''] = Object.keys(user);
    await rejects(access.current(), {
      code: 'cluster.kubeconfig_invalid',
      message: new RegExp(`trueup/prod/clusters/edge.*users\\[0\\]\\.user\\.${name}`),
    });
    equal(paths.length, 0);
  }
});
