import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { STSClient } from '@aws-sdk/client-sts';
import { partitionOf } from '../../../lib/core/eks/partition-of.ts';

for (const region of [
  'us-east-1',
  'eu-west-1',
  'ap-southeast-7',
  'il-central-1',
  'mx-central-1',
  'cn-north-1',
  'cn-northwest-1',
  'us-gov-west-1',
  'us-gov-east-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'us-iso-west-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
]) {
  test(`partition-of ${region} has the host names that the SDK knows`, () => {
    const { endpointProvider } = new STSClient({ region }).config;
    const { url } = endpointProvider({
      Region: region,
      UseFIPS: false,
      UseDualStack: false,
      UseGlobalEndpoint: false,
    });
    equal(`sts.${region}.${partitionOf(region).dnsSuffix}`, url.hostname);
  });
}

for (const [region, id] of [
  ['eu-west-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['nowhere-1', 'aws'],
] as const) {
  test(`partition-of ${region} is ${id} in ARNs`, () => equal(partitionOf(region).id, id));
}
