import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { findOutsideReferences } from '../../../lib/adapters/kubernetes/find-outside-references.ts';

for (const { it, given, gives } of [
  {
    it: 'finds nothing in one that holds all it needs',
    given: {
      clusters: [{ name: 'a', cluster: { server: 'https://a', 'certificate-authority-data': 'eA==' } }],
      users: [{ name: 'a', user: { token: 't', 'client-key-data': 'eA==' } }],
    },
    gives: [],
  },
  {
    it: 'names every program and file, of each user and cluster',
    given: {
      clusters: [
        { name: 'a', cluster: {} },
        { name: 'b', cluster: { 'certificate-authority': '/etc/ca' } },
      ],
      users: [
        { name: 'a', user: { exec: { command: 'sh' }, tokenFile: '/proc/self/environ' } },
        { name: 'b', user: { 'auth-provider': { name: 'gcp' }, 'client-certificate': 'c', 'client-key': 'k' } },
      ],
    },
    gives: [
      'users[0].user.exec',
      'users[0].user.tokenFile',
      'users[1].user.auth-provider',
      'users[1].user.client-certificate',
      'users[1].user.client-key',
      'clusters[1].cluster.certificate-authority',
    ],
  },
  {
    it: 'is not led astray by an entry of another shape beside',
    given: { users: [null, { user: 1 }, { user: { exec: {} } }] },
    gives: ['users[2].user.exec'],
  },
  { it: 'finds nothing in what is no kubeconfig', given: 'users', gives: [] },
]) {
  test(`find-outside-references ${it}`, () => deepEqual(findOutsideReferences(JSON.stringify(given)), gives));
}

test('find-outside-references finds nothing in what is no YAML', () => deepEqual(findOutsideReferences('a: [b'), []));
