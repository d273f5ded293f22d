/** Renders a chart with `helm template`: nothing is installed, nothing is fetched. */
import { collectFaults } from '../../core/fault/collect-faults.ts';
import type { Manifest } from '../../core/object/manifest.ts';
import { fillHelmSettings } from '../../core/render/build-environment.ts';
import { explainFailure } from '../../core/render/explain-failure.ts';
import { extraValues, helmArguments } from '../../core/render/helm-arguments.ts';
import { type ChartPlace, chartFile, helmOrigins, helmSources } from '../../core/render/helm-origins.ts';
import { type Chart, readChart } from '../../core/render/read-chart.ts';
import { readPrinted } from '../../core/render/read-printed.ts';
import { inFolder, isWithin, relativeTo } from '../../core/render/repository-path.ts';
import type { PlainFile, PlainFiles } from '../../core/render/resolve-links.ts';
import type { RenderRequest } from '../../ports/renderer.ts';
import { withBundle } from './bundle.ts';
import type { Tool } from './tool.ts';

type Result = { manifests: Manifest[]; reads: string[]; warnings: string[] };

/** Not a name a repository has: nothing of it is written over. */
const extraValuesFile = '.trueup-application-values.yaml';

export async function renderHelm(files: PlainFiles, request: RenderRequest, helm: Tool): Promise<Result> {
  const { source, cluster } = request;
  const settings = fillHelmSettings(source.helm ?? {}, { ...request, kubeVersion: cluster.kubeVersion });
  const { chart, faults } = readChart(files, source, settings);
  if (faults.length > 0) throw collectFaults(faults);
  const values = extraValues(settings);
  const args = helmArguments({
    ...request,
    settings,
    chart,
    path: source.path,
    extraValues: values === null ? null : `./${extraValuesFile}`,
  });
  const added = [...linkedFiles(files, source.path, chart), ...(values === null ? [] : [valuesFile(values)])];
  const place = { files, path: source.path, chart };
  const { result, reads } = await withBundle(files, chart.reads, (bundle) =>
    template(new Map([...bundle, ...added]), { args, place }, helm),
  );
  return { manifests: result, reads, warnings: [] };
}

async function template(
  bundle: PlainFiles,
  run: { args: string[]; place: ChartPlace },
  helm: Tool,
): Promise<Manifest[]> {
  const { args, place } = run;
  const { exitCode, stdout, stderr, roots } = await helm.run(bundle, args, place.path);
  if (exitCode !== 0) {
    const fileNamed = (written: string) =>
      written.startsWith(`${place.chart.name}/`) ? chartFile(written, place) : null;
    throw explainFailure({ tool: 'Helm', path: place.path, stderr, roots, fileNamed });
  }
  const sources = helmSources(stdout);
  const printed = readPrinted(stdout, 'Helm', (line) => chartFile(sources(line), place));
  return helmOrigins(printed, sources, place);
}

/** What `helm dependency build` would do for `file://`: the other chart stands in charts/. */
function linkedFiles(files: PlainFiles, path: string, { linked }: Chart): [string, PlainFile][] {
  return linked.flatMap(({ name, folder }) =>
    [...files]
      .filter(([file]) => isWithin(file, folder))
      .map(([file, content]): [string, PlainFile] => [
        inFolder(path, `charts/${name}/${relativeTo(folder, file)}`),
        content,
      ]),
  );
}

function valuesFile(text: string): [string, PlainFile] {
  return [extraValuesFile, { kind: 'file', bytes: new TextEncoder().encode(text), executable: false }];
}
