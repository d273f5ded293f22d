/** What was typed after `npm run deploy --` and `npm run remove --`. */
import { parseArgs } from 'node:util';
import { Fault } from '../../lib/core/fault/fault.ts';

export type DeployOptions = {
  stage: string;
  config: string;
  region: string | undefined;
  /** By the name of the stack's parameter. What is not given stays as it was deployed. */
  parameters: Readonly<Record<string, string>>;
};

const deployUsage = `usage: npm run deploy -- --stage STAGE [--config trueup.yaml] [--region REGION]
  --alarm-topic ARN         the SNS topic that alarms go to
  --vpc-subnets A,B         subnets for sync, for clusters with private endpoints only
  --vpc-security-groups A   security groups for sync, with --vpc-subnets
  --tracing true            send traces to X-Ray
  --deletion-protection false
                            let the table be deleted without turning its protection off first`;
const removeUsage = 'usage: npm run remove -- --stage STAGE [--region REGION] [--config trueup.yaml] [--yes]';

const where = {
  stage: { type: 'string' },
  config: { type: 'string', short: 'c', default: 'trueup.yaml' },
  region: { type: 'string' },
} as const;

/** Fault config.bad_argument. */
export function readDeployOptions(args: readonly string[]): DeployOptions {
  const { values } = parse(deployUsage, () =>
    parseArgs({
      args: [...args],
      options: {
        ...where,
        'alarm-topic': { type: 'string' },
        'vpc-subnets': { type: 'string' },
        'vpc-security-groups': { type: 'string' },
        tracing: { type: 'string' },
        'deletion-protection': { type: 'string' },
      },
    }),
  );
  const given = {
    alarmTopicArn: values['alarm-topic'],
    vpcSubnetIds: values['vpc-subnets'],
    vpcSecurityGroupIds: values['vpc-security-groups'],
    tracing: trueOrFalse('--tracing', values.tracing),
    deletionProtection: trueOrFalse('--deletion-protection', values['deletion-protection']),
  };
  const parameters = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return { stage: readStage(values.stage, deployUsage), config: values.config, region: values.region, parameters };
}

export type RemoveOptions = { stage: string; config: string; region: string | undefined; yes: boolean };

/** Fault config.bad_argument. */
export function readRemoveOptions(args: readonly string[]): RemoveOptions {
  const { values } = parse(removeUsage, () =>
    parseArgs({
      args: [...args],
      options: {
        ...where,
        yes: { type: 'boolean', default: false },
      },
    }),
  );
  const { config, region, yes } = values;
  return { stage: readStage(values.stage, removeUsage), config, region, yes };
}

function parse<Parsed>(usage: string, work: () => Parsed): Parsed {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Fault('config.bad_argument', { argument: 'The command line', found: error.message, allowed: usage });
  }
}

/** It becomes part of the names of functions, queues and log groups. */
function readStage(stage: string | undefined, usage: string): string {
  if (stage !== undefined && /^[a-z][a-z0-9-]{0,19}$/.test(stage)) return stage;
  const allowed = stage === undefined ? usage : 'up to 20 lower-case letters, digits and -, a letter first';
  throw new Fault('config.bad_argument', { argument: '--stage', found: stage ?? 'left out', allowed });
}

function trueOrFalse(argument: string, value: string | undefined): string | undefined {
  if (value === undefined || value === 'true' || value === 'false') return value;
  throw new Fault('config.bad_argument', { argument, found: value, allowed: 'true or false' });
}
