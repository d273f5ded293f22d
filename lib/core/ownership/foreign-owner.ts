/** Which other tool keeps an object, as its marks and its field managers tell. */
import { isHandEdit } from '../drift/hand-tools.ts';
import type { KubernetesObject, ManagedFieldsEntry } from '../object/kubernetes-object.ts';
import { keyOf } from '../object/object-key.ts';
import { fieldManager } from '../object/tracking.ts';

export type Tool = 'Argo CD' | 'Flux' | 'Helm' | 'kubectl';

/** `name`: its Application, Kustomization or release; empty where nothing tells. */
export type ForeignOwner = { tool: Tool; name: string };

/** null: nobody's, or ours alone. */
export function foreignOwner(live: KubernetesObject): ForeignOwner | null {
  return markedOwner(live) ?? writingOwner(live);
}

/** As its marks tell: whoever put them there looks after the object. */
export function markedOwner({ metadata, ...object }: KubernetesObject): ForeignOwner | null {
  const { annotations = {}, labels = {} } = metadata;
  const argo = argoApplication(annotations[argoTracking], { ...object, metadata });
  if (argo !== null) return { tool: 'Argo CD', name: argo };
  for (const prefix of fluxPrefixes) {
    const name = labels[`${prefix}name`];
    if (name !== undefined) return { tool: 'Flux', name: joined(labels[`${prefix}namespace`], name) };
  }
  const release = annotations[helmRelease];
  return release === undefined
    ? null
    : { tool: 'Helm', name: joined(annotations['meta.helm.sh/release-namespace'], release) };
}

/** `ours` in words: `Argo CD (shop)`. */
export function sayOwner({ tool, name }: ForeignOwner): string {
  return name === '' ? tool : `${tool} (${name})`;
}

/**
 * The field managers of the tools that deploy. Argo CD writes as the first when it applies on the server, as either when it
 * does not (gitops-engine); `before-first-apply` is the API server's name for what nobody knows who wrote.
 */
const managersOf: Readonly<Record<Exclude<Tool, 'kubectl'>, readonly string[]>> = {
  'Argo CD': ['argocd-controller', 'argocd-application-controller'],
  Flux: ['kustomize-controller', 'helm-controller'],
  Helm: ['helm'],
};
export const deployingManagers: readonly string[] = Object.values(managersOf).flat();

const unknownWriter = 'before-first-apply';

/** null: the entry of a controller, of a person with something unheard of, or our own. */
export function toolOf(entry: ManagedFieldsEntry, handTools: readonly string[]): Tool | null {
  if (entry.manager === fieldManager) return null;
  if (entry.subresource === undefined || entry.subresource === '') {
    const tool = tools.find((each) => managersOf[each].includes(entry.manager));
    if (tool !== undefined) return tool;
    if (entry.manager === unknownWriter) return 'kubectl';
  }
  return isHandEdit(entry, handTools) ? 'kubectl' : null;
}

const tools = ['Argo CD', 'Flux', 'Helm'] as const;

const argoTracking = 'argocd.argoproj.io/tracking-id';
const helmRelease = 'meta.helm.sh/release-name';
const fluxPrefixes = ['kustomize.toolkit.fluxcd.io/', 'helm.toolkit.fluxcd.io/'];

/** Marks that say whose an object is, by where they stand. What else a tool wrote goes with its fields. */
const marks = {
  annotations: [argoTracking, 'argocd.argoproj.io/installation-id', helmRelease, 'meta.helm.sh/release-namespace'],
  labels: ['applications.argoproj.io/app-name', ...fluxPrefixes.flatMap((each) => [`${each}name`, `${each}namespace`])],
} as const;

/** Those it carries. */
export function marksOn({ metadata }: KubernetesObject): { place: 'labels' | 'annotations'; name: string }[] {
  return (['labels', 'annotations'] as const).flatMap((place) =>
    marks[place].filter((name) => metadata[place]?.[name] !== undefined).map((name) => ({ place, name })),
  );
}

/** True for the name of a mark, wherever it stands. */
export function isForeignMark(name: string): boolean {
  return [...marks.annotations, ...marks.labels].includes(name);
}

function writingOwner({ metadata }: KubernetesObject): ForeignOwner | null {
  const written = (metadata.managedFields ?? []).map((entry) => toolOf(entry, ['kubectl*']));
  const tool = ([...tools, 'kubectl'] as const).find((each) => written.includes(each));
  return tool === undefined ? null : { tool, name: '' };
}

/** An id that describes another object was copied, by an operator say, and means nothing. */
function argoApplication(id: string | undefined, object: KubernetesObject): string | null {
  if (id === undefined) return null;
  const { group, kind, namespace, name } = keyOf(object);
  const [application = '', described, place] = id.split(':', 2).concat(id.split(':').slice(2).join(':'));
  return described === `${group}/${kind}` && place === `${namespace}/${name}` ? application : null;
}

function joined(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}
