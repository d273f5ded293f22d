/** Says why an Application is Degraded: the pod that blocks, its reason and the last lines of its log. */
import { podSelector } from '../core/record/pod-selector.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { explainPods } from './explain-pods.ts';
import { podsOf } from './pods-of.ts';
import { loadRecord } from './stored-json.ts';

export async function explainHealth({ cluster: name, state }: Entry, ports: Ports): Promise<string> {
  const cluster = ports.cluster(name);
  const record = await loadRecord(state.record, ports);
  const degraded = Object.values(record.objects).find(({ applied }) => applied?.health?.status === 'Degraded');
  if (degraded === undefined) return state.health.because;
  const { key, manifest, applied } = degraded;
  const said = await explainPods(await podsOf(key, podSelector(manifest), cluster), cluster);
  if (said === null) return state.health.because;
  // A pod that failed may be one of many: that a Job has given up, it says itself.
  return key.kind === 'Job' ? `${applied?.health?.because}. ${said}` : said;
}
