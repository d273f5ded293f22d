/** A look for drift over a thousand objects of which none changed, beside kubectl diff of the same files. */

import { sweepCluster } from '../lib/flow/sweep-cluster.ts';
import type { BenchCluster } from './cluster.ts';
import { cluster, type Installation, openInstallation, trueupUserAgent } from './installation.ts';
import { manifestFolder } from './manifest-folder.ts';
import { benchObjects, filesOf } from './manifests.ts';
import { type Measurement, measure, type Row, within } from './result.ts';

const files = filesOf(benchObjects());
const limits = { seconds: 0.5, requests: 20 };

export async function drift(bench: BenchCluster, runs: number): Promise<Row[]> {
  const ofKubectl = await bench.freshNamespace();
  const folder = await manifestFolder(bench, ofKubectl, files);
  await bench.kubectl('apply', '--server-side', '--namespace', ofKubectl, '--filename', folder);
  await bench.settle(ofKubectl);
  const ofTrueup = await bench.freshNamespace();
  const installation = await openInstallation(bench, ofTrueup);
  try {
    await installation.follow('fleet', await installation.push(files));
    await bench.settle(ofTrueup);
    await catchUp(installation);
    const resumed: Measurement[] = [];
    const connecting: Measurement[] = [];
    const kubectl: Measurement[] = [];
    for (let run = 0; run < runs; run++) {
      resumed.push(await sweep(bench, installation));
      await installation.reopen();
      connecting.push(await sweep(bench, installation));
      const diff = () => bench.kubectl('diff', '--server-side', '--namespace', ofKubectl, '--filename', folder);
      kubectl.push(await measure(bench, 'kubectl/', diff));
    }
    return [
      { what: 'Trueup, sweep', runs: resumed, target: within(resumed, limits) },
      { what: 'Trueup, sweep of a process just started', runs: connecting, target: within(connecting, limits) },
      { what: 'kubectl diff --server-side', runs: kubectl },
    ];
  } finally {
    await installation.close();
  }
}

/** The first sweep lists; what the controllers wrote since the sync is behind us when one sees nothing. */
async function catchUp({ ports }: Installation): Promise<void> {
  for (;;) {
    const { events, listed } = await sweepCluster(cluster, ports);
    if (events === 0 && listed === 0) return;
  }
}

function sweep(bench: BenchCluster, { ports }: Installation): Promise<Measurement> {
  return measure(bench, trueupUserAgent, async () => {
    const { events, suspects, listed } = await sweepCluster(cluster, ports);
    if (events + suspects + listed > 0) throw new Error(`something changed: ${events} events, ${listed} lists`);
  });
}
