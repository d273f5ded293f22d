/** One changed line among a thousand objects, from the push being known to the object being there, beside kubectl on the same files. */
import type { BenchCluster } from './cluster.ts';
import { openInstallation, trueupUserAgent } from './installation.ts';
import { manifestFolder } from './manifest-folder.ts';
import { benchObjects, filesOf, withNewImage } from './manifests.ts';
import { type Measurement, measure, type Row, within } from './result.ts';

export async function oneLine(bench: BenchCluster, runs: number): Promise<Row[]> {
  const ofKubectl = await bench.freshNamespace();
  let objects = benchObjects();
  const files = filesOf(objects);
  const folder = await manifestFolder(bench, ofKubectl, files);
  const withFiles = ['--server-side', '--namespace', ofKubectl, '--filename', folder];
  await bench.kubectl('apply', ...withFiles);
  await bench.settle(ofKubectl);
  const ofTrueup = await bench.freshNamespace();
  const installation = await openInstallation(bench, ofTrueup);
  try {
    await installation.follow('fleet', await installation.push(files));
    await bench.settle(ofTrueup);
    const applied: Measurement[] = [];
    const finished: Measurement[] = [];
    const apply: Measurement[] = [];
    for (let run = 0; run < runs; run++) {
      objects = withNewImage(objects, run, `1.27.${run}`);
      const changed = filesOf(objects);
      const revision = await installation.push(changed);
      const counted = await bench.requests.count(trueupUserAgent);
      const { appliedMs, finishedMs } = await installation.follow('repository', revision);
      applied.push({ seconds: appliedMs / 1000, requests: null });
      finished.push({ seconds: finishedMs / 1000, requests: await counted() });
      await bench.settle(ofTrueup);
      await manifestFolder(bench, ofKubectl, changed);
      apply.push(await measure(bench, 'kubectl/', () => bench.kubectl('apply', ...withFiles)));
      await bench.settle(ofKubectl);
    }
    return [
      { what: 'Trueup, applied', runs: applied },
      {
        what: 'Trueup, finished: all healthy',
        runs: finished,
        target: within(finished, { seconds: 1.5, requests: 40 }),
      },
      { what: 'kubectl apply --server-side', runs: apply },
    ];
  } finally {
    await installation.close();
  }
}
