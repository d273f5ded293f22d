/** What roles are allowed though no function can show here that it needs it, each with the reason. */
export type NotObservable = { role: string; sid: string; actions: readonly string[]; because: string };

const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];

export const notObservable: readonly NotObservable[] = [
  ...['api', 'audit', 'drift', 'notify', 'render', 'sync', 'webhook'].map((role) => ({
    role,
    sid: 'WriteLogs',
    actions: logs,
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
  {
    role: 'render',
    sid: 'AttachToVpc',
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    because:
      'Lambda attaches the function to its VPC in the name of the role, and the local AWS has no networks: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions',
  },
];
