/** What `trueup doctor --aws` looks at: an installation on AWS from a person's shell, and from within each of its functions. */
import { readFile } from 'node:fs/promises';
import type { SelfFinding } from '../../functions/self-test.ts';
import { searchEks } from '../../functions/wire/open-eks.ts';
import { readConfig } from '../../functions/wire/read-config.ts';
import { withFoundClusters } from '../../functions/wire/with-found-clusters.ts';
import { type FunctionName, functionNames } from '../../infra/aws/function-names.ts';
import { configKey } from '../../infra/aws/upload-config.ts';
import type { AwsStoreConfig, Config } from '../../lib/core/config/config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { openLog } from '../open-log.ts';
import { explainDeadLetter } from './aws/explain-dead-letter.ts';
import type { Installation } from './aws/installation.ts';
import { type OpenInstallation, openInstallation } from './aws/open-installation.ts';
import { type Stack, tryFunction, tryQueue, tryStack, tryStoredConfig } from './aws/tries.ts';
import { tryCluster } from './aws/try-cluster.ts';
import { type Finding, openFindings } from './finding.ts';

type Findings = ReturnType<typeof openFindings>;

/** Fault config.bad_argument for an installation that is not on AWS. */
export async function examineAws(file: string, open: OpenInstallation = openInstallation): Promise<Finding[]> {
  const findings = openFindings();
  const read = await findings.look('configuration', async () => {
    const value = await readConfig(file);
    return { found: `${value.path} is valid`, value };
  });
  if (read === null) return findings.findings;
  const { config, path } = read;
  const store = onAws(config.store);
  const aws = open(store, config.installation);
  const stack = await findings.look(`stack ${store.stack}`, () => tryStack(aws, store));
  if (stack === null) return findings.findings;
  const bucket = stack.outputs.Bucket;
  const place = `s3://${bucket}/${configKey}`;
  const local = await readFile(path, 'utf8');
  await findings.look('configuration of the functions', () =>
    tryStoredConfig(aws, { local, place, bucket, region: store.region }),
  );
  await findings.look('queue', () => tryQueue(aws, stack.outputs));
  await examineDeadLetters(aws, stack, store, findings);
  for (const name of functionNames) await examineFunction(aws, name, stack, store, findings);
  await examineClusters(aws, config, stack, findings);
  return findings.findings;
}

function onAws(store: Config['store']): AwsStoreConfig {
  if (store.kind === 'aws') return store;
  const allowed = 'store: {kind: aws, stack: trueup-STAGE, region: REGION} in trueup.yaml';
  throw new Fault('config.bad_argument', { argument: '--aws', found: `used with store ${store.kind}`, allowed });
}

async function examineDeadLetters(
  aws: Installation,
  { outputs, functions }: Stack,
  { region }: AwsStoreConfig,
  { look }: Findings,
): Promise<void> {
  const found = await look('dead letters', async () => {
    const value = await aws.deadLetters(outputs.DeadLettersUrl);
    const { count, letters } = value;
    return { found: count === 0 ? 'none' : `${count}, of which ${letters.length} are explained below`, value };
  });
  const worker = functions.sync ?? '';
  for (const letter of found?.letters ?? []) {
    await look(`dead letter ${letter.messageId}`, async () => {
      throw await explainDeadLetter(aws, letter, { worker, queueArn: found?.queueArn ?? '', region });
    });
  }
}

async function examineFunction(
  aws: Installation,
  name: FunctionName,
  { functions }: Stack,
  { region }: AwsStoreConfig,
  { look, add }: Findings,
): Promise<void> {
  const functionName = functions[name] ?? '';
  await look(`function ${name}`, () => tryFunction(aws, { name, functionName, region }));
  const tried = await look(`self-test of ${name}`, async () => {
    const value = await aws.selfTest(functionName);
    const failed = value.filter(({ ok }) => !ok).length;
    return { found: `${value.length - failed} of ${value.length} checks passed`, value };
  });
  for (const finding of tried ?? []) add(asFinding(name, finding));
}

function asFinding(name: FunctionName, finding: SelfFinding): Finding {
  const check = `${name} ${finding.check}`;
  return finding.ok ? { check, ok: true, found: 'tried' } : { ...finding, check };
}

/** Those of clusterSearches[] too. One with a kubeconfig is signed in to by the self-test of sync only. */
async function examineClusters(
  aws: Installation,
  config: Config,
  { outputs }: Stack,
  { look }: Findings,
): Promise<void> {
  const { clusters } = await withFoundClusters(config, { search: searchEks, log: openLog({ level: 'warn' }) });
  for (const { name, eks } of clusters) {
    if (eks !== undefined) await look(`cluster ${name}`, () => tryCluster(aws, { name, eks }, outputs.SyncRole));
  }
}
