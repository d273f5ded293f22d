/** An installation on AWS in which everything is in order; give only what the test is about. */

import type { Installation, StackResource } from '../../../../cli/doctor/aws/installation.ts';
import { functionNames } from '../../../../infra/aws/function-names.ts';
import type { EksCluster } from '../../../../lib/core/eks/eks-cluster.ts';

export const account = '111122223333';
export const syncRole = `arn:aws:iam::${account}:role/trueup-prod-SyncRole-ABC`;
export const deadLettersArn = `arn:aws:sqs:eu-west-1:${account}:trueup-prod-dead-letters`;

export const configText = `
store: {kind: aws, stack: trueup-prod, region: eu-west-1}
gitHosts: [{name: git, kind: git, url: "https://git.example.com"}]
clusters:
  - {name: prod, eks: {cluster: shop, region: eu-west-1}}
fleet: {repoURL: "https://git.example.com/fleet", path: .}
`;

export const cluster: EksCluster = {
  name: 'shop',
  arn: `arn:aws:eks:eu-west-1:${account}:cluster/shop`,
  region: 'eu-west-1',
  status: 'ACTIVE',
  version: '1.36',
  endpoint: 'https://shop.eks.example.com',
  certificateAuthority: 'PEM',
  authenticationMode: 'API',
  privateOnly: false,
  tags: {},
};

export const resources: StackResource[] = functionNames.map((name) => ({
  logicalId: `${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction`,
  physicalId: `trueup-prod-${name}`,
  type: 'AWS::Lambda::Function',
  status: 'CREATE_COMPLETE',
  because: '',
}));

export function exampleInstallation(over: Partial<Installation> = {}): Installation {
  return {
    outputs: async () => ({
      Table: 'trueup-prod',
      Bucket: 'the-bucket',
      ScratchBucket: 'the-scratch-bucket',
      QueueUrl: 'https://sqs/wake-ups',
      DeadLettersUrl: 'https://sqs/dead-letters',
      InstallationKeySecret: 'arn:key',
      RenderFunction: 'trueup-prod-render',
      SyncRole: syncRole,
      HooksUrl: 'https://hooks',
      ApiUrl: 'https://api',
    }),
    resources: async () => resources,
    storedConfig: async () => configText,
    queueDepth: async () => ({ waiting: 3, underWay: 1, delayed: 2 }),
    deadLetters: async () => ({ queueArn: deadLettersArn, count: 0, letters: [] }),
    lastFailure: async () => null,
    describeFunction: async () => ({
      state: 'Active',
      stateReason: '',
      lastUpdate: 'Successful',
      lastUpdateReason: '',
      runtime: 'nodejs24.x',
    }),
    queueTroubles: async () => [],
    selfTest: async () => [{ check: 'queues wake-ups', ok: true }],
    eks: async () => ({ described: cluster, entry: { policies: ['AmazonEKSClusterAdminPolicy'], groups: [] } }),
    ...over,
  };
}
