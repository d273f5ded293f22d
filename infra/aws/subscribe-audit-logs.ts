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

/** The work of the control plane itself, and ours: judge-audit-event.ts would drop it, after paying for its delivery. */
const others = [
  '$.user.username != "system:node:*"',
  '$.user.username != "system:kube-*"',
  '$.user.username != "system:cloud-controller-manager"',
  '$.user.username != "system:serviceaccount:kube-system:*"',
  '$.user.username != "system:apiserver"',
  '$.user.username != "eks:*"',
  '$.userAgent != "trueup/*"',
];
/** Written every few seconds by everybody. */
const worthALook = [
  '$.objectRef.resource != "leases"',
  '$.objectRef.resource != "events"',
  '($.objectRef.subresource NOT EXISTS || $.objectRef.subresource != "status")',
];
const verbs = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** A filter cannot choose streams; only the audit log is JSON with these fields. CloudWatch allows 1,024 characters. */
export const changesByOthers = `{ ${[
  '$.stage = "ResponseComplete"',
  `(${verbs.map((verb) => `$.verb = "${verb}"`).join(' || ')})`,
  ...worthALook,
  ...others,
].join(' && ')} }`;
