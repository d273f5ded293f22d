/** What is ignored of one object: the pointers and managers of the rules, and what jq makes of their expressions. */

import type { DriftRules } from '../core/drift/find-drift.ts';
import { type IgnoreRules, ignoreRules } from '../core/drift/ignore-rules.ts';
import { ignoredIn } from '../core/drift/ignored-in.ts';
import { type Compared, driftRules, type Side } from '../core/drift/ignored-paths.ts';
import { problemOf } from '../core/drift/note-problems.ts';
import { writersOf } from '../core/drift/writers.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';

export type RulesOfObject = {
  rules: DriftRules;
  compared: Compared;
  /** One sentence for each expression that could not be evaluated: what it was meant to ignore must not be undone. */
  problems: string[];
};

/** `live` and `wanted` with their secret values sealed: what jq says of an object may quote it. `autoscaled`: as far as it was asked. */
export async function driftRulesOf(
  { live, wanted, autoscaled }: { live: KubernetesObject; wanted: KubernetesObject; autoscaled: boolean },
  { application }: Pick<Entry, 'application'>,
  ports: Pick<Ports, 'jq'>,
): Promise<RulesOfObject> {
  const key = keyOf(wanted);
  const rules = ignoreRules(application.ignoreDifferences, key);
  const [inLive, inWanted] = await Promise.all([sideOf(live, rules, ports), sideOf(wanted, rules, ports)]);
  const compared = { live: inLive.side, wanted: inWanted.side, managers: rules.managers, autoscaled };
  return {
    rules: driftRules(compared, writersOf(application)),
    compared,
    problems: [...new Set([...inLive.problems, ...inWanted.problems])].map((because) =>
      problemOf(formatKey(key), because),
    ),
  };
}

async function sideOf(
  object: KubernetesObject,
  rules: IgnoreRules,
  { jq }: Pick<Ports, 'jq'>,
): Promise<{ side: Side; problems: string[] }> {
  const { expressions } = rules;
  const selected = expressions.length === 0 ? [] : await jq.select(expressions, withoutOwners(object));
  const paths = selected.flatMap((each) => ('paths' in each ? each.paths : []));
  return {
    side: { object, ignored: ignoredIn(object, rules, paths) },
    problems: selected.flatMap((each, index) =>
      'because' in each ? [`the jq expression ${expressions[index]}: ${each.because}`] : [],
    ),
  };
}

/** Often more than half of an object, and nothing that Git could want. */
function withoutOwners(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
