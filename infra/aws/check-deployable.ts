/** Says what of a configuration cannot work for the deployed functions, each with its fix, before anything is deployed. */
import type { ClusterConfig, Config } from '../../lib/core/config/config.ts';
import { type PlacedReference, referencesOf } from '../../lib/core/config/references-of.ts';
import { formatReference } from '../../lib/core/config/secret-reference.ts';
import { Fault } from '../../lib/core/fault/fault.ts';

export type Target = { stage: string; region: string };

export function stackName(stage: string): string {
  return `trueup-${stage}`;
}

/** Fault deploy.not_deployable, with everything at once. `path` is named in it. */
export function checkDeployable(config: Config, { stage, region }: Target, path: string): void {
  const problems = [
    ...checkStore(config.store, { stage, region }),
    ...checkFleet(config.fleet),
    ...config.clusters.flatMap(checkCluster),
    ...checkRender(config.render),
    ...checkRoles(config),
    ...referencesOf(config).flatMap((placed) => checkReference(placed, { stage, region })),
  ];
  if (problems.length === 0) return;
  const text = problems.map((problem) => `  ${problem}`).join('\n');
  throw new Fault('deploy.not_deployable', { path, stack: stackName(stage), region, problems, text });
}

function checkStore(store: Config['store'], { stage, region }: Target): string[] {
  const wanted = `{kind: aws, stack: ${stackName(stage)}, region: ${region}}`;
  if (store.kind !== 'aws') return [`store: kind ${store.kind} is for one machine. Write store: ${wanted}`];
  if (store.stack === stackName(stage) && store.region === region) return [];
  return [
    `store: names ${store.stack} in ${store.region}. Write store: ${wanted}, or give another --stage or --region`,
  ];
}

function checkFleet({ repoURL }: Config['fleet']): string[] {
  if (repoURL !== undefined) return [];
  return [
    'fleet: is a folder, which the functions do not have. Put it into a repository: fleet: {repoURL: URL, path: FOLDER}',
  ];
}

function checkCluster({ name, kubeconfig, inCluster }: ClusterConfig): string[] {
  const eks = 'eks: {cluster: NAME, region: REGION}';
  if (inCluster) return [`clusters ${name}: inCluster is for a pod. Write ${eks}`];
  if (typeof kubeconfig !== 'string') return [];
  return [
    `clusters ${name}: the kubeconfig is a file, which the functions do not have. Write ${eks}, or keep it as a secret: kubeconfig: {secretsManager: trueup/STAGE/clusters/${name}}`,
  ];
}

/** The render function ends after 270 s, and may have to run a tool twice: `timeout` in serverless.yml. */
const longestRenderMs = 120_000;

function checkRender({ timeoutMs }: Config['render']): string[] {
  if (timeoutMs <= longestRenderMs) return [];
  return [
    `render.timeoutMs: ${timeoutMs} is longer than the render function may run. Write at most ${longestRenderMs}`,
  ];
}

/** What sync may assume: infra/aws/roles/sync.yml. */
function checkRoles({ clusters, clusterSearches }: Config): string[] {
  const assumed = [
    ...clusters.map(({ name, eks }) => ({ where: `clusters ${name}: eks.roleArn`, roleArn: eks?.roleArn })),
    ...clusterSearches.map(({ tag, roleArn }) => ({ where: `clusterSearches ${tag}: roleArn`, roleArn })),
  ];
  return assumed.flatMap(({ where, roleArn }) =>
    roleArn === undefined || /^arn:[^:]+:iam::\d+:role\/trueup-/.test(roleArn)
      ? []
      : [`${where}: sync may not assume ${roleArn}. Call the role trueup-NAME, without a path`],
  );
}

/** What the roles of the functions may read. A name, or the end of an ARN of this region. */
function checkReference({ where, purpose, reference }: PlacedReference, { stage, region }: Target): string[] {
  const folder = `trueup/${stage}/${purpose}/`;
  if ('secretsManager' in reference) {
    const name = withoutArn(reference.secretsManager, `secretsmanager:${region}`, 'secret:');
    if (name.startsWith(folder)) return [];
  }
  if ('ssm' in reference) {
    const name = withoutArn(reference.ssm, `ssm:${region}`, 'parameter');
    if (name.startsWith(`/${folder}`)) return [];
  }
  return [
    `${where}: the functions may not read ${formatReference(reference)}. Keep it as {secretsManager: ${folder}NAME} or {ssm: /${folder}NAME}`,
  ];
}

function withoutArn(name: string, service: string, kind: string): string {
  return name.replace(new RegExp(`^arn:[^:]+:${service}:\\d+:${kind}`), '');
}
