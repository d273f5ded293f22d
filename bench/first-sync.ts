/** A first sync of a thousand objects, beside the least any tool can do and beside kubectl. */
import type { BenchCluster } from './cluster.ts';
import { openInstallation, trueupUserAgent } from './installation.ts';
import { manifestFolder } from './manifest-folder.ts';
import { benchObjects, filesOf } from './manifests.ts';
import { rawApply, rawUserAgent } from './raw-apply.ts';
import { atMostTimes, type Measurement, measure, type Row } from './result.ts';

const objects = benchObjects();
const files = filesOf(objects);

const factor = 1.5;

/** `applied`: every object is written. `finished`: and the controllers have dealt with it, so that it is healthy. */
type Both = { applied: Measurement; finished: Measurement };

export async function firstSync(bench: BenchCluster, runs: number): Promise<Row[]> {
  const raw: Both[] = [];
  const trueup: Both[] = [];
  const kubectl: Measurement[] = [];
  for (let run = 0; run < runs; run++) {
    raw.push(await runRaw(bench));
    trueup.push(await runTrueup(bench));
    kubectl.push(await runKubectl(bench));
  }
  const of = (both: readonly Both[], which: keyof Both) => both.map((each) => each[which]);
  const [rawApplied, rawFinished] = [of(raw, 'applied'), of(raw, 'finished')];
  const [applied, finished] = [of(trueup, 'applied'), of(trueup, 'finished')];
  return [
    { what: 'raw dry run and apply, 24 in parallel', runs: rawApplied },
    { what: 'Trueup, all applied', runs: applied, target: atMostTimes(factor, applied, rawApplied) },
    { what: 'kubectl apply --server-side, without a dry run', runs: kubectl },
    { what: 'raw, until the controllers have caught up', runs: rawFinished },
    { what: 'Trueup, finished: all healthy', runs: finished, target: atMostTimes(factor, finished, rawFinished) },
  ];
}

async function runRaw(bench: BenchCluster): Promise<Both> {
  const namespace = await bench.freshNamespace();
  const startMs = performance.now();
  const applied = await measure(bench, rawUserAgent, () => rawApply(bench.access, namespace, objects));
  await bench.observed(namespace);
  const finished = { seconds: (performance.now() - startMs) / 1000, requests: null };
  await bench.settle(namespace);
  return { applied, finished };
}

async function runTrueup(bench: BenchCluster): Promise<Both> {
  const namespace = await bench.freshNamespace();
  const installation = await openInstallation(bench, namespace);
  try {
    const revision = await installation.push(files);
    const counted = await bench.requests.count(trueupUserAgent);
    const { appliedMs, finishedMs } = await installation.follow('fleet', revision);
    const requests = await counted();
    await bench.settle(namespace);
    return {
      applied: { seconds: appliedMs / 1000, requests: null },
      finished: { seconds: finishedMs / 1000, requests },
    };
  } finally {
    await installation.close();
  }
}

async function runKubectl(bench: BenchCluster): Promise<Measurement> {
  const namespace = await bench.freshNamespace();
  const folder = await manifestFolder(bench, namespace, files);
  const apply = () => bench.kubectl('apply', '--server-side', '--namespace', namespace, '--filename', folder);
  const result = await measure(bench, 'kubectl/', apply);
  await bench.settle(namespace);
  return result;
}
