/** A plugin of osls: a subscription filter for each control-plane log that audit shall hear. YAML has no loops. */
import type { Osls } from './osls.ts';

export default class SubscribeAuditLogs {
  readonly hooks: Record<string, () => void>;

  constructor({ service }: Osls) {
    this.hooks = {
      'package:compileEvents': () => {
        const { Resources } = service.provider.compiledCloudFormationTemplate;
        Object.assign(Resources, auditSubscriptions(service.custom.auditLogGroups));
      },
    };
  }
}

/** `logGroups`: names, with commas between. */
export function auditSubscriptions(logGroups: string): Record<string, unknown> {
  const names = logGroups.split(',').filter((name) => name !== '');
  return Object.fromEntries(
    names.map((LogGroupName) => [
      `AuditLogOf${Buffer.from(LogGroupName).toString('hex')}`,
      {
        Type: 'AWS::Logs::SubscriptionFilter',
        DependsOn: 'AuditLogPermission',
        Properties: {
          LogGroupName,
          FilterPattern: changesByOthers,
          DestinationArn: { 'Fn::GetAtt': ['AuditLambdaFunction', 'Arn'] },
        },
      },
    ]),
  );
}

/** The control plane's own work: nearly all of an audit log, and never a change by hand. */
const itself = ['system:node:*', 'system:kube-*', 'system:serviceaccount:kube-system:*', 'system:apiserver', 'eks:*'];
/** Written every few seconds by everybody. */
const noise = ['leases', 'events'];
const verbs = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** A filter cannot choose streams; only the audit log is JSON with these fields. CloudWatch allows 1,024 characters. */
export const changesByOthers = `{ ${[
  '$.kind = "Event"',
  '$.stage = "ResponseComplete"',
  `(${verbs.map((verb) => `$.verb = "${verb}"`).join(' || ')})`,
  ...noise.map((resource) => `$.objectRef.resource != "${resource}"`),
  ...itself.map((name) => `$.user.username != "${name}"`),
].join(' && ')} }`;
