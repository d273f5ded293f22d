/** List prices of AWS, without free tiers, discounts and taxes. Prices move: change them here and print docs/cost.md again. */

export const region = 'eu-west-1 (Ireland)';
/** When the pages said so. */
export const asOf = '2025-11';

export type Price = { usd: number; per: string; page: string };

const lambda = 'aws.amazon.com/lambda/pricing';
const dynamodb = 'aws.amazon.com/dynamodb/pricing/on-demand';
const s3 = 'aws.amazon.com/s3/pricing';
const cloudWatch = 'aws.amazon.com/cloudwatch/pricing';
const secretsManager = 'aws.amazon.com/secrets-manager/pricing';
const vpc = 'aws.amazon.com/vpc/pricing';
const privateLink = 'aws.amazon.com/privatelink/pricing';
const fargate = 'aws.amazon.com/fargate/pricing';

export const prices = {
  lambdaArm: { usd: 0.0000133334, per: 'GB-second, arm64', page: lambda },
  lambdaX86: { usd: 0.0000166667, per: 'GB-second, x86_64', page: lambda },
  lambdaRequest: { usd: 0.2e-6, per: 'request', page: lambda },
  sqsRequest: { usd: 0.4e-6, per: 'request, standard queue', page: 'aws.amazon.com/sqs/pricing' },
  tableRead: { usd: 0.1415e-6, per: 'read request unit', page: dynamodb },
  tableWrite: { usd: 0.705e-6, per: 'write request unit', page: dynamodb },
  tableStored: { usd: 0.283 + 0.2263, per: 'GB-month with point-in-time recovery', page: dynamodb },
  s3Get: { usd: 0.4e-6, per: 'GET', page: s3 },
  s3Put: { usd: 5e-6, per: 'PUT or LIST', page: s3 },
  s3Stored: { usd: 0.023, per: 'GB-month', page: s3 },
  httpRequest: { usd: 1.11e-6, per: 'request, HTTP API', page: 'aws.amazon.com/api-gateway/pricing' },
  scheduledRule: { usd: 0, per: 'event of a scheduled rule', page: 'aws.amazon.com/eventbridge/pricing' },
  logsIngested: { usd: 0.57, per: 'GB ingested', page: cloudWatch },
  logsStored: { usd: 0.03, per: 'GB-month, compressed', page: cloudWatch },
  metric: { usd: 0.3, per: 'custom metric a month', page: cloudWatch },
  alarm: { usd: 0.1, per: 'alarm metric a month', page: cloudWatch },
  dashboard: { usd: 3, per: 'dashboard a month after the third', page: cloudWatch },
  secret: { usd: 0.4, per: 'secret a month', page: secretsManager },
  secretRead: { usd: 5e-6, per: 'API call', page: secretsManager },
  natHour: { usd: 0.048, per: 'hour of a NAT gateway', page: vpc },
  natGb: { usd: 0.048, per: 'GB through a NAT gateway', page: vpc },
  endpointHour: { usd: 0.011, per: 'hour of an interface endpoint in one zone', page: privateLink },
  fargateCpuHour: { usd: 0.04048, per: 'vCPU-hour on Fargate', page: fargate },
  fargateGbHour: { usd: 0.004445, per: 'GB-hour on Fargate', page: fargate },
  nodeHour: { usd: 0.107, per: 'hour of an m6i.large (2 vCPU, 8 GiB)', page: 'aws.amazon.com/ec2/pricing/on-demand' },
} as const satisfies Record<string, Price>;
