/** Reads an `argocd-cm` ConfigMap document: what it says about kinds, every mistake in it, and which of its keys mean nothing here. */
import { nearestName } from '../config/nearest-name.ts';
import { Fault } from '../fault/fault.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Manifest } from '../object/manifest.ts';
import type { FieldPath } from '../yaml/line-of.ts';
import type { Customizations } from './customizations.ts';
import { noCustomizations } from './no-customizations.ts';
import { parseOfKind } from './parse-of-kind.ts';
import { readActions } from './read-actions.ts';
import { readGlobalProjects } from './read-global-projects.ts';
import { readHealthExpressions } from './read-health-expressions.ts';
import { readKindsMap } from './read-kinds-map.ts';
import { readDifference, readFilters } from './read-rules.ts';
import { openSetting, type Setting } from './setting.ts';

/** What it says restricts projects too: a mistake in it must not set them free. */
export const globalProjectsKey = 'globalProjects';

export type CustomizationDocument = { customizations: Customizations; faults: Fault[]; ignored: Fault[] };

export function isCustomizationDocument({ apiVersion, kind, metadata }: KubernetesObject): boolean {
  return apiVersion === 'v1' && kind === 'ConfigMap' && metadata.name === 'argocd-cm';
}

/** `text` is the file it stands in. Faults: customization.invalid, and in `ignored` customization.keys_not_read. What is wrong is left out, and the rest counts. */
export function readCustomizations({ object, origin }: Manifest, text: string): CustomizationDocument {
  const found: CustomizationDocument = { customizations: noCustomizations(), faults: [], ignored: [] };
  const passedOver: string[] = [];
  for (const [key, value] of Object.entries(dataOf(object))) {
    const setting = openSetting({ key, value, text, origin }, (fault) => found.faults.push(fault));
    const known = setting === null || readKey(setting, found.customizations);
    if (!known) passedOver.push(key);
  }
  joinOpenLibs(found.customizations, dataOf(object));
  if (passedOver.length > 0) {
    found.ignored.push(new Fault('customization.keys_not_read', { ...origin, keys: passedOver.toSorted() }));
  }
  return found;
}

function dataOf({ data }: KubernetesObject): Record<string, unknown> {
  return typeof data === 'object' && data !== null ? { ...data } : {};
}

/** false: a key without a meaning here. */
function readKey(setting: Setting, into: Customizations): boolean {
  const { key } = setting;
  if (key.startsWith(perKind)) return readPerKind(setting, into);
  switch (key) {
    case 'resource.customizations':
      readKindsMap(setting, into);
      return true;
    case 'resource.exclusions':
      into.exclusions = readFilters(setting);
      return true;
    case 'resource.inclusions':
      into.inclusions = readFilters(setting);
      return true;
    case 'resource.compareoptions':
      Object.assign(into, readCompareOptions(setting));
      return true;
    case globalProjectsKey:
      into.globalProjects = readGlobalProjects(setting);
      return true;
    case 'trueup.healthExpressions':
      into.healthExpressions = readHealthExpressions(setting);
      return true;
    default:
      if (key.startsWith('trueup.')) setting.fail([], { found: key, allowed: 'trueup.healthExpressions' });
      return key.startsWith('trueup.');
  }
}

const perKind = 'resource.customizations.';
/** The last two are about watches and types that we do not have: harmless, and so only named. */
const aspects = ['health', 'useOpenLibs', 'actions', 'ignoreDifferences', 'ignoreResourceUpdates', 'knownTypeFields'];

function readPerKind(setting: Setting, into: Customizations): boolean {
  const [aspect = '', ...rest] = setting.key.slice(perKind.length).split('.');
  if (!aspects.includes(aspect)) {
    const meant = nearestName(aspect, aspects);
    setting.fail([], { found: `resource.customizations.${aspect}`, allowed: meant ?? aspects.join(', ') });
    return true;
  }
  if (aspect === 'ignoreResourceUpdates' || aspect === 'knownTypeFields') return false;
  const ofKind = parseOfKind(rest.join('.'), '_', aspect === 'ignoreDifferences');
  if (ofKind === null) {
    setting.fail([], { found: setting.key, allowed: `resource.customizations.${aspect}.<group>_<Kind>, or .<Kind>` });
    return true;
  }
  if (aspect === 'health') into.health.push({ ...ofKind, lua: setting.value, useOpenLibs: false });
  if (aspect === 'actions') into.actions.push({ ...ofKind, ...readActions(setting), useOpenLibs: false });
  if (aspect === 'ignoreDifferences') into.ignoreDifferences.push({ ...ofKind, ...readDifference(setting.yaml()) });
  if (aspect === 'useOpenLibs' && !['true', 'false'].includes(setting.value)) {
    setting.fail([], { found: JSON.stringify(setting.value), allowed: '"true" or "false"' });
  }
  return true;
}

/** Its key may come before or after those it is about. */
function joinOpenLibs({ health, actions }: Customizations, data: Record<string, unknown>): void {
  for (const each of [...health, ...actions]) {
    const name = each.group === '' ? each.kind : `${each.group}_${each.kind}`;
    each.useOpenLibs ||= data[`${perKind}useOpenLibs.${name}`] === 'true';
  }
}

type CompareOptions = Pick<Customizations, 'ignoreAggregatedRoles' | 'ignoreResourceStatusField'>;

const statusFields: Record<string, CompareOptions['ignoreResourceStatusField']> = {
  all: 'all',
  crd: 'crd',
  none: 'none',
  // As Argo CD reads them.
  off: 'none',
  false: 'none',
};

function readCompareOptions(setting: Setting): CompareOptions {
  const given = setting.yaml().mapping(['ignoreAggregatedRoles', 'ignoreResourceStatusField', resourceUpdates]);
  const statusField = given.at('ignoreResourceStatusField').text('all');
  const known = statusFields[statusField];
  const path: FieldPath = ['ignoreResourceStatusField'];
  if (known === undefined) setting.fail(path, { found: JSON.stringify(statusField), allowed: 'all, crd, none' });
  return {
    ignoreAggregatedRoles: given.at('ignoreAggregatedRoles').boolean(false),
    ignoreResourceStatusField: known ?? 'all',
  };
}

/** About watches, which we do not have. */
const resourceUpdates = 'ignoreDifferencesOnResourceUpdates';
