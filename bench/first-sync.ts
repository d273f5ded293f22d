/** A first sync of a thousand objects, beside the least any tool can do and beside kubectl. */
import type { BenchCluster } from './cluster.ts';
import { openInstallation, trueupUserAgent } from './installation.ts';
import { manifestFolder } from './manifest-folder.ts';
import { benchObjects, filesOf } from './manifests.ts';
import { rawApply, rawUserAgent } from './raw-apply.ts';
import { atMostTimes, type Measurement, measure, type Row } from './result.ts';

const objects = benchObjects();
const files = filesOf(objects);

export async function firstSync(bench: BenchCluster, runs: number): Promise<Row[]> {
  const raw: Measurement[] = [];
  const applied: Measurement[] = [];
  const finished: Measurement[] = [];
  const kubectl: Measurement[] = [];
  for (let run = 0; run < runs; run++) {
    raw.push(await runRaw(bench));
    const trueup = await runTrueup(bench);
    applied.push(trueup.applied);
    finished.push(trueup.finished);
    kubectl.push(await runKubectl(bench));
  }
  return [
    { what: 'raw dry run and apply, 24 in parallel', runs: raw },
    { what: 'Trueup, all applied', runs: applied, target: atMostTimes(1.5, applied, raw) },
    { what: 'Trueup, finished: all healthy', runs: finished },
    { what: 'kubectl apply --server-side (no dry run before)', runs: kubectl },
  ];
}

async function runRaw(bench: BenchCluster): Promise<Measurement> {
  const namespace = await bench.freshNamespace();
  const result = await measure(bench, rawUserAgent, () => rawApply(bench.access, namespace, objects));
  await bench.settle(namespace);
  return result;
}

async function runTrueup(bench: BenchCluster): Promise<{ applied: Measurement; finished: Measurement }> {
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
