/** `npm run deploy -- --stage prod`: checks trueup.yaml, deploys the stack, uploads the configuration, says what comes next. */
import { findStack, type Stack } from '../lib/adapters/cloudformation/find-stack.ts';
import type { Config } from '../lib/core/config/config.ts';
import { Fault } from '../lib/core/fault/fault.ts';
import { type AwsSession, withAws } from './aws/aws-session.ts';
import { stackName } from './aws/check-deployable.ts';
import { readDeployOptions } from './aws/deploy-options.ts';
import { type AuditLogs, findAuditLogs } from './aws/find-audit-logs.ts';
import { findS3PrefixList } from './aws/find-s3-prefix-list.ts';
import { readDeployable } from './aws/read-deployable.ts';
import { runCommand } from './aws/run-command.ts';
import { runOsls } from './aws/run-osls.ts';
import { sayNextSteps } from './aws/say-next-steps.ts';
import { checkChangeable, nextAfterFailure, readFailures } from './aws/stack.ts';
import { uploadConfig } from './aws/upload-config.ts';

await runCommand(async () => {
  const options = readDeployOptions(process.argv.slice(2));
  const { config, text, region } = await readDeployable(options);
  const stack = stackName(options.stage);
  await withAws(region, async (aws) => {
    console.log(`Deploying ${stack} to ${region} of account ${aws.account} as ${aws.principal} …`);
    const before = await findStack(aws.cloudFormation, stack);
    if (before !== null) checkChangeable({ stack, region, status: before.status });
    const auditLogs = await findAuditLogs(aws.logs, config, region);
    const parameters = { ...(await chooseParameters({ before, config, auditLogs, aws })), ...options.parameters };
    await deploy(stack, { stage: options.stage, region, parameters }, aws);
    const after = await findStack(aws.cloudFormation, stack);
    const outputs = after?.outputs ?? {};
    const isNew = await uploadConfig(aws.s3, outputs.Bucket ?? '', text);
    console.log(isNew ? `${options.config} is in effect.` : `${options.config} was in effect already.`);
    const isFirst = before?.outputs.Bucket === undefined;
    console.log(`\n${sayNextSteps({ stack, outputs, config, isFirst, silent: auditLogs.silent, region })}`);
  });
});

type Situation = { before: Stack | null; config: Config; auditLogs: AuditLogs; aws: AwsSession };

/** What was chosen once stays: CloudFormation would go back to the defaults. */
async function chooseParameters({ before, config, auditLogs, aws }: Situation): Promise<Record<string, string>> {
  const chosen = before?.parameters ?? {};
  const kept = ['AlarmTopicArn', 'VpcSubnetIds', 'VpcSecurityGroupIds', 'Tracing', 'DeletionProtection'].flatMap(
    (name) => {
      const value = chosen[name];
      return value === undefined || value === '' ? [] : [[`${name[0]?.toLowerCase()}${name.slice(1)}`, value]];
    },
  );
  return {
    ...Object.fromEntries(kept),
    s3PrefixListId: await findS3PrefixList(aws),
    searchesClusters: String(config.clusterSearches.length > 0),
    auditLogGroups: auditLogs.logGroups.join(','),
    // An AWS played on this machine speaks no TLS.
    requireTls: String(!process.env.AWS_ENDPOINT_URL?.startsWith('http://')),
  };
}

/** osls tells that something failed; why, CloudFormation knows. */
async function deploy(stack: string, options: Parameters<typeof runOsls>[1], aws: AwsSession): Promise<void> {
  const since = new Date();
  try {
    await runOsls('deploy', options, async () => undefined);
  } catch (error) {
    const after = await findStack(aws.cloudFormation, stack);
    const failures = after === null ? [] : await readFailures(aws.cloudFormation, stack, since);
    if (after === null || failures.length === 0) throw error;
    const text = failures.map((failure) => `  ${failure}`).join('\n');
    const next = nextAfterFailure({ stack, region: aws.region, status: after.status });
    throw new Fault('deploy.stack_failed', { stack, text, next }, { cause: error });
  }
}
