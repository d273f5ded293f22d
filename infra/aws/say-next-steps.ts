/** What a person does after a deployment: webhooks, secrets, access entries. */
import type { Config } from '../../lib/core/config/config.ts';
import { formatReference } from '../../lib/core/config/secret-reference.ts';

export type Deployed = {
  stack: string;
  outputs: Readonly<Record<string, string>>;
  config: Config;
  /** Was there a stack before. */
  isFirst: boolean;
  /** EKS clusters that write no audit log. */
  silent: readonly string[];
  region: string;
};

export function sayNextSteps({ stack, outputs, config, isFirst, silent, region }: Deployed): string {
  const paragraphs = [
    `${stack} is deployed in ${region}.`,
    ['Webhooks (pushes are found within a minute without them, too):', ...config.gitHosts.map(webhook)],
    `API: ${outputs.ApiUrl}`,
    silent.length > 0 && [
      'Hand edits are reverted, but nobody is named: no audit log is written yet by',
      ...silent.map(logging),
    ],
    isFirst && ['Next:', ...firstSteps()],
  ];
  return paragraphs.flatMap((paragraph) => (paragraph === false ? [] : [[paragraph].flat().join('\n')])).join('\n\n');

  function webhook({ name, webhookSecret }: Config['gitHosts'][number]): string {
    const secret =
      webhookSecret === undefined ? 'no webhookSecret is set: none is accepted' : formatReference(webhookSecret);
    return `  ${name}  ${outputs.HooksUrl}/${name}  (secret: ${secret})`;
  }

  function logging(name: string): string {
    return `  ${name}: aws eks update-cluster-config --region ${region} --name ${name} --logging '{"clusterLogging":[{"types":["audit"],"enabled":true}]}', then deploy again`;
  }

  function firstSteps(): string[] {
    return [
      '  1. Write the secrets that trueup.yaml names into Secrets Manager or the Parameter Store.',
      `  2. Let the sync role into each EKS cluster, see infra/aws/eks-access/README.md: ${outputs.SyncRole}`,
      '  3. Ask whether everything may be done that must be: trueup doctor --aws',
    ];
  }
}
