/** Puts trueup.yaml where a deployed installation reads it: its functions follow within a minute, without a deploy. */
import { readConfig } from '../../functions/wire/read-config.ts';
import { withAws } from '../../infra/aws/aws-session.ts';
import { readDeployable } from '../../infra/aws/read-deployable.ts';
import { uploadConfig } from '../../infra/aws/upload-config.ts';
import { findStack } from '../../lib/adapters/cloudformation/find-stack.ts';
import { Fault } from '../../lib/core/fault/fault.ts';

export type AppliedConfig = { stack: string; region: string; changed: boolean };

/** Faults: config.*, deploy.not_deployable, aws.stack_missing, aws.stack_broken and others of deploy.*. */
export async function applyConfig(file: string): Promise<AppliedConfig> {
  const { store } = (await readConfig(file)).config;
  if (store.kind !== 'aws') {
    const allowed = 'aws: `trueup serve` reads its file when it starts';
    throw new Fault('config.bad_argument', { argument: 'store.kind', found: store.kind, allowed });
  }
  const { stack, region } = store;
  const { text } = await readDeployable({ config: file, stage: stack.replace(/^trueup-/, ''), region });
  return withAws(region, async (aws) => {
    const found = await findStack(aws.cloudFormation, stack);
    if (found === null) throw new Fault('aws.stack_missing', { stack, region });
    const bucket = found.outputs.Bucket;
    if (bucket === undefined) throw new Fault('aws.stack_broken', { stack, region, status: found.status });
    return { stack, region, changed: await uploadConfig(aws.s3, bucket, text) };
  });
}
