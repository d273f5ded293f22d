/** The single tries of `trueup doctor`: each gives what was found, or throws the fault that says what is wrong. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';
import { findTools } from '../../infra/local/tools.ts';
import { readApplications } from '../../lib/core/application/read-applications.ts';
import type { Config } from '../../lib/core/config/config.ts';
import { formatReference, type SecretReference } from '../../lib/core/config/secret-reference.ts';
import { collectFaults } from '../../lib/core/fault/collect-faults.ts';
import { repositoryKey } from '../../lib/core/revision/repository-key.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import type { Tried } from './finding.ts';

const run = promisify(execFile);
const kubectlVersion = z.object({ clientVersion: z.object({ gitVersion: z.string() }), kustomizeVersion: z.string() });

export async function trySecret(reference: SecretReference, secrets: Secrets): Promise<Tried> {
  await secrets.read(reference);
  return { found: `${formatReference(reference)} can be read`, value: null };
}

export async function tryTools(): Promise<Tried> {
  const { kubectl, helm } = await findTools();
  const [kubectlSays, helmSays] = await Promise.all([
    run(kubectl, ['version', '--client', '--output=json']),
    run(helm, ['version', '--short']),
  ]);
  const { clientVersion, kustomizeVersion } = kubectlVersion.parse(JSON.parse(kubectlSays.stdout));
  const versions = `kubectl ${clientVersion.gitVersion} (kustomize ${kustomizeVersion}), helm ${helmSays.stdout.trim()}`;
  return { found: `${versions}, from ${kubectl}`, value: null };
}

/** `project`: as whose Application it is read; absent: as the fleet. */
export type RepositoryToTry = { repoURL: string; project?: string };

/** The repositories that are read: each once with each credential. */
export async function tryFleet({ fleet, readerOf }: Ports, config: Config): Promise<Tried<RepositoryToTry[]>> {
  const { files, at } = await fleet.read();
  const { applications, faults } = readApplications(files);
  if (faults.length > 0) throw collectFaults(faults);
  const { repoURL } = config.fleet;
  const named: RepositoryToTry[] = [
    ...(repoURL === undefined ? [] : [{ repoURL }]),
    ...applications.map(({ source, project }) => ({ repoURL: source.repoURL, project })),
  ];
  const nameOf = ({ repoURL: url, project }: RepositoryToTry) =>
    `${repositoryKey(url)} ${project === undefined ? '' : (readerOf(url, project) ?? '')}`;
  const repositories = new Map(named.map((each) => [nameOf(each), each]));
  return { found: `${applications.length} Applications in ${at}`, value: [...repositories.values()] };
}

export async function tryRepository({ repoURL, project }: RepositoryToTry, ports: Ports): Promise<Tried> {
  const heads = await ports.gitHost(repoURL, project).heads(repoURL);
  if (heads === 'unchanged') return { found: 'it answers', value: null };
  const branches = Object.keys(heads.branches).length;
  return { found: `${branches} branches, HEAD is ${heads.defaultBranch}`, value: null };
}

export async function tryCluster(name: string, ports: Ports): Promise<Tried> {
  const { kubeVersion, kinds } = await ports.cluster(name).facts({ fresh: true });
  return { found: `Kubernetes ${kubeVersion}, ${kinds.length} kinds`, value: null };
}
