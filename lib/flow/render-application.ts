/** Fetches one revision of an Application and turns it into the objects the cluster should have. */
import type { Application } from '../core/application/application.ts';
import { collectFaults } from '../core/fault/collect-faults.ts';
import type { Rules } from '../core/fleet/rules.ts';
import type { DesiredHook } from '../core/hook/hook.ts';
import { formatKey } from '../core/object/object-key.ts';
import { checkCompareOptions } from '../core/options/check-compare-options.ts';
import { readApplicationOptions } from '../core/options/read-application-options.ts';
import { readTracking } from '../core/options/tracking-mode.ts';
import type { Desired } from '../core/plan/desired.ts';
import { leaveOutExcluded } from '../core/plan/leave-out-excluded.ts';
import { prepareObjects } from '../core/plan/prepare-objects.ts';
import type { FileLimits } from '../core/render/source-files.ts';
import type { Entry } from '../ports/applications.ts';
import type { ClusterFacts } from '../ports/cluster.ts';
import type { Ports } from '../ports/ports.ts';

export type RenderedApplication = {
  desired: Desired[];
  /** Those of all phases, also of the removal. */
  hooks: DesiredHook[];
  warnings: string[];
  /** Path → Git object id of all that the render read. */
  reads: Record<string, string | null>;
};

const defaultFileLimits: FileLimits = { maxFiles: 50_000, maxFileBytes: 32 << 20, maxTotalBytes: 512 << 20 };

/** Faults: git.*, render.*, cluster.unknown_kind (all of them at once in `facts.problems`). */
export async function renderApplication(
  { application, cluster, state }: Entry,
  revision: string,
  { customizations }: Pick<Rules, 'customizations'>,
  ports: Ports,
): Promise<RenderedApplication> {
  const { source, destination, name, syncPolicy } = application;
  const everDeployed = state.synced !== null;
  const host = ports.gitHost(source.repoURL);
  const files = await host.files(source.repoURL, revision, defaultFileLimits);
  const facts = await ports.cluster(cluster).facts();
  const rendered = await ports.renderer.render({
    files,
    source,
    application: name,
    namespace: destination.namespace,
    revision,
    cluster: facts,
    everDeployed,
  });
  const prepare = ({ kinds }: ClusterFacts) =>
    prepareObjects(rendered.manifests, {
      application: name,
      installation: ports.installation,
      namespace: destination.namespace,
      cluster,
      scopes: new Map(kinds.map((kind) => [`${kind.apiVersion}/${kind.kind}`, kind.namespaced])),
      hashKey: ports.installationKey,
      options: readApplicationOptions(syncPolicy.syncOptions),
      tracking: readTracking(application.annotations),
      everDeployed,
    });
  let prepared = prepare(facts);
  // A kind we never heard of may have been installed since we asked.
  if (prepared.faults.length > 0) prepared = prepare(await ports.cluster(cluster).facts({ fresh: true }));
  if (prepared.faults.length > 0) throw collectFaults(prepared.faults);
  const wanted = leaveOutExcluded(prepared.desired, { cluster, customizations });
  const reads = await host.hashes(source.repoURL, revision, rendered.reads);
  const { hooks } = prepared;
  const { desired } = wanted;
  const warnings = [
    ...rendered.warnings,
    ...prepared.warnings,
    ...wanted.warnings,
    ...optionWarnings(application, desired),
  ];
  return { desired, hooks, warnings, reads };
}

function optionWarnings({ name, annotations }: Application, desired: readonly Desired[]): string[] {
  return [
    ...checkCompareOptions(annotations).map((warning) => `Application ${name}: ${warning}`),
    ...desired.flatMap(({ key, object, origin }) =>
      checkCompareOptions(object.metadata.annotations).map(
        (warning) => `${origin.file}:${origin.line}: ${formatKey(key)}: ${warning}`,
      ),
    ),
  ];
}
