import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import type { EksCluster } from '../../../lib/core/eks/eks-cluster.ts';
import { endpointOf } from '../../../lib/core/eks/endpoint-of.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const shop: EksCluster = {
  name: 'shop',
  arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
  region: 'eu-west-1',
  status: 'ACTIVE',
  version: '1.36',
  endpoint: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com',
  certificateAuthority: 'PEM',
  authenticationMode: 'API',
  privateOnly: false,
  tags: {},
};

for (const [it, given] of [
  ['is active', {}],
  ['is being updated', { status: 'UPDATING' }],
  ['takes access entries beside its ConfigMap', { authenticationMode: 'API_AND_CONFIG_MAP' }],
  ['does not say whom it believes', { authenticationMode: null }],
] satisfies [string, Partial<EksCluster>][]) {
  test(`endpoint-of a cluster that ${it} is given with its certificate authority`, () => {
    deepEqual(endpointOf({ ...shop, ...given }, 'prod'), {
      origin: 'https://abc.gr7.eu-west-1.eks.amazonaws.com',
      certificateAuthority: 'PEM',
    });
  });
}

for (const [it, given, code, words] of [
  ['is being made', { status: 'CREATING' }, 'eks.not_ready', /shop in eu-west-1 is CREATING/],
  ['is being deleted', { status: 'DELETING' }, 'eks.not_ready', /DELETING/],
  ['has no endpoint', { endpoint: null }, 'eks.not_ready', /no endpoint/],
  ['has no authority of its own', { certificateAuthority: null }, 'eks.not_ready', /no certificate authority/],
  ['takes its ConfigMap only', { authenticationMode: 'CONFIG_MAP' }, 'eks.config_map_only', /aws-auth/],
] satisfies [string, Partial<EksCluster>, string, RegExp][]) {
  test(`endpoint-of a cluster that ${it} is ${code}`, () => {
    throws(
      () => endpointOf({ ...shop, ...given }, 'prod'),
      (error) => {
        ok(error instanceof Fault);
        equal(error.code, code);
        match(error.message, words);
        equal(error.facts.cluster, 'prod');
        return true;
      },
    );
  });
}

test('endpoint-of a cluster with a ConfigMap only says the command that mends it, and that there is no way back', () => {
  throws(
    () => endpointOf({ ...shop, authenticationMode: 'CONFIG_MAP' }, 'prod'),
    (error) => {
      ok(error instanceof Fault);
      match(
        error.hint,
        /aws eks update-cluster-config --name shop --region eu-west-1 --access-config authenticationMode=API_AND_CONFIG_MAP/,
      );
      match(error.hint, /cannot be undone/);
      return true;
    },
  );
});
