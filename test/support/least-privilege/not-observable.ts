/** What stands in roles though it cannot be shown on one machine that it is needed, each with the reason. */
export type NotObservable = { role: string; sid: string; actions: readonly string[]; because: string };

const attach = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

export const notObservable: readonly NotObservable[] = [
  ...['api', 'audit', 'drift', 'notify', 'render', 'sync', 'webhook'].map((role) => ({
    role,
    sid: 'WriteLogs',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    because:
      'Lambda writes the log in the name of the role, and the local AWS asks nobody: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html',
  })),
  {
    role: 'sync',
    sid: 'TakeWakeUps',
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    because:
      'Lambda takes messages for the function in the name of the role: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions',
  },
  ...['render', 'sync'].flatMap((role) => [
    {
      role,
      sid: 'AttachToVpc',
      actions: attach,
      because:
        'Lambda attaches the function to its VPC in the name of the role, and the local AWS has no networks: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions',
    },
    {
      role,
      sid: 'LeaveVpcAlone',
      actions: attach,
      because:
        'It forbids, and only what runs in the function, which AWS tells by a condition key that the local AWS does not know: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice',
    },
  ]),
  ...['api', 'audit', 'drift', 'notify', 'sync', 'webhook'].map((role) => ({
    role,
    sid: 'SendTraces',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    because:
      'Lambda sends the traces in the name of the role, and tracing is off unless it is asked for: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html#services-xray-permissions',
  })),
];
