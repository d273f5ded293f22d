/** The single tries of `trueup doctor --aws`: each gives what was found, or throws the fault that says what is wrong. */
import { type FunctionName, functionNames } from '../../../infra/aws/function-names.ts';
import type { StackOutputs } from '../../../lib/adapters/cloudformation/read-outputs.ts';
import type { AwsStoreConfig } from '../../../lib/core/config/config.ts';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';
import { diffValues } from '../../../lib/core/event/diff-values.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { sayChanges } from '../../../lib/core/notice/say-changes.ts';
import { readYaml } from '../../../lib/core/yaml/read-yaml.ts';
import type { Tried } from '../finding.ts';
import type { Installation } from './installation.ts';

export type Stack = { outputs: StackOutputs; functions: Partial<Record<FunctionName, string>> };

/** Faults aws.*, doctor.stack_incomplete. */
export async function tryStack(aws: Installation, place: AwsStoreConfig): Promise<Tried<Stack>> {
  const outputs = await aws.outputs();
  const resources = await aws.resources();
  const functions: Stack['functions'] = {};
  for (const name of functionNames) {
    const logicalId = `${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction`;
    const found = resources.find((resource) => resource.logicalId === logicalId);
    if (found !== undefined) functions[name] = found.physicalId;
  }
  const troubles = [
    ...resources
      .filter(({ status }) => !/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(status))
      .map(({ logicalId, status, because }) => `${logicalId} is ${status}${because === '' ? '' : ` (${because})`}`),
    ...functionNames.filter((name) => functions[name] === undefined).map((name) => `it has no function ${name}`),
  ];
  if (troubles.length > 0) throw new Fault('doctor.stack_incomplete', { ...place, because: troubles.join('; ') });
  return { found: `${place.stack} in ${place.region}: ${resources.length} resources`, value: { outputs, functions } };
}

/** Comments and the order of keys make no difference. Faults doctor.config_missing, doctor.config_differs, config.invalid. */
export async function tryStoredConfig(
  aws: Installation,
  { local, place, bucket, region }: { local: string; place: string; bucket: string; region: string },
): Promise<Tried> {
  const stored = await aws.storedConfig(bucket);
  if (stored === null) throw new Fault('doctor.config_missing', { place });
  parseConfig(stored, place);
  const changes = sayChanges(diffValues('', contentOf(stored, place), contentOf(local, place)));
  if (changes.length > 0)
    throw new Fault('doctor.config_differs', {
      place,
      region,
      text: changes.map((change) => `  ${change}`).join('\n'),
    });
  return { found: `${place} is this one`, value: null };
}

function contentOf(text: string, file: string): unknown {
  return readYaml(text, file).documents[0]?.value;
}

export async function tryQueue(aws: Installation, { QueueUrl }: StackOutputs): Promise<Tried> {
  const { waiting, underWay, delayed } = await aws.queueDepth(QueueUrl);
  return { found: `${waiting} waiting, ${underWay} under way, ${delayed} for later`, value: null };
}

const runtime = 'nodejs24.x';

/** Fault doctor.function_broken. */
export async function tryFunction(
  aws: Installation,
  { name, functionName, region }: { name: FunctionName; functionName: string; region: string },
): Promise<Tried> {
  const facts = await aws.describeFunction(functionName);
  const troubles = [
    // Inactive: nobody has called it for weeks; the next call wakes it.
    ...(['', 'Active', 'Inactive'].includes(facts.state) ? [] : [`it is ${facts.state}: ${facts.stateReason}`]),
    ...(facts.lastUpdate === 'Failed' ? [`its last update failed: ${facts.lastUpdateReason}`] : []),
    ...(['', runtime].includes(facts.runtime) ? [] : [`it runs on ${facts.runtime}, and is made for ${runtime}`]),
    ...(name === 'sync' ? await aws.queueTroubles(functionName) : []),
  ];
  if (troubles.length > 0)
    throw new Fault('doctor.function_broken', { function: functionName, region, because: troubles.join('; ') });
  return { found: `${functionName} is ${facts.state || 'there'}`, value: null };
}
