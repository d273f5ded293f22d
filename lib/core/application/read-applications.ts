/** Reads the documents of a fleet, Applications, AppProjects and `argocd-cm`: all that is right, and every mistake in the rest. */
import type { Customizations } from '../customization/customizations.ts';
import { noCustomizations } from '../customization/no-customizations.ts';
import { isCustomizationDocument, readCustomizations } from '../customization/read-customizations.ts';
import { Fault } from '../fault/fault.ts';
import type { Manifest, Origin } from '../object/manifest.ts';
import type { Project } from '../project/project.ts';
import { readProject } from '../project/read-project.ts';
import { readManifestFile } from '../render/read-manifest-file.ts';
import { resolveLinks } from '../render/resolve-links.ts';
import type { SourceFiles } from '../render/source-files.ts';
import { decodeText } from '../yaml/decode-text.ts';
import { lineOf } from '../yaml/line-of.ts';
import type { Application } from './application.ts';
import { readApplication } from './read-application.ts';

export type FleetDocuments = {
  applications: Application[];
  projects: Project[];
  /** What `argocd-cm` says about kinds. */
  customizations: Customizations;
  /** Where it stands; null: the fleet has none. */
  customizedIn: Origin | null;
  /** What is wrong with documents that should be one of these; `facts.application` or `facts.project` names them where it can be read. */
  faults: Fault[];
  /** Documents that are something else: named, so that nobody waits for them. */
  ignored: Fault[];
  /** Files without any document: empty, commented out, cut short, or no manifests at all. */
  without: string[];
};

const maxFiles = 20_000;

/**
 * All YAML and JSON files, at any depth. Of two documents of one name the first (by path) counts.
 * Faults: application.invalid, application.unsupported, application.duplicate,
 * project.invalid, project.duplicate, customization.*, render.* of files that cannot be read.
 */
export function readApplications(files: SourceFiles): FleetDocuments {
  const fleet: FleetDocuments = {
    applications: [],
    projects: [],
    customizations: noCustomizations(),
    customizedIn: null,
    faults: [],
    ignored: [],
    without: [],
  };
  const plain = resolveLinks(files, { repoURL: 'the fleet', maxFiles });
  for (const file of [...plain.keys()].filter(isDocumentFile).sort()) {
    const bytes = plain.get(file)?.bytes ?? new Uint8Array();
    const { manifests, faults } = readManifestFile(file, bytes);
    fleet.faults.push(...faults);
    if (manifests.length === 0 && faults.length === 0) fleet.without.push(file);
    const text = decodeText(bytes) ?? '';
    for (const manifest of manifests) addDocument(manifest, text, fleet);
  }
  return fleet;
}

function addDocument(manifest: Manifest, text: string, fleet: FleetDocuments): void {
  const { object, origin } = manifest;
  const { name } = object.metadata;
  if (isCustomizationDocument(object)) {
    addCustomizations(manifest, text, fleet);
    return;
  }
  if (object.kind === 'AppProject' && object.apiVersion === 'argoproj.io/v1alpha1') {
    addProject(manifest, text, fleet);
    return;
  }
  if (object.kind !== 'Application' || object.apiVersion !== 'argoproj.io/v1alpha1') {
    fleet.ignored.push(new Fault('application.kind_not_read', { ...origin, kind: object.kind, name }));
    return;
  }
  const { application, faults } = readApplication(manifest, (path) => lineOf(text, origin.line, path));
  const first = fleet.applications.find((other) => other.name === name);
  fleet.faults.push(...faults);
  if (application === null) return;
  if (first === undefined) fleet.applications.push(application);
  else fleet.faults.push(duplicate(application, first));
}

function addCustomizations(manifest: Manifest, text: string, fleet: FleetDocuments): void {
  const { origin } = manifest;
  const first = fleet.customizedIn;
  if (first !== null) {
    const [file, other] = [origin, first].map((place) => `${place.file}:${place.line}`);
    fleet.faults.push(new Fault('customization.duplicate', { file, other }));
    return;
  }
  const { customizations, faults, ignored } = readCustomizations(manifest, text);
  fleet.customizations = customizations;
  fleet.customizedIn = origin;
  fleet.faults.push(...faults);
  fleet.ignored.push(...ignored);
}

function addProject(manifest: Manifest, text: string, { projects, faults }: FleetDocuments): void {
  const { origin } = manifest;
  const { project, faults: found } = readProject(manifest, (path) => lineOf(text, origin.line, path));
  faults.push(...found);
  if (project === null) return;
  const first = projects.find(({ name }) => name === project.name);
  if (first === undefined) projects.push(project);
  else
    faults.push(
      new Fault('project.duplicate', {
        project: project.name,
        file: placeOf(first.origin ?? origin),
        other: placeOf(origin),
      }),
    );
}

function placeOf({ file, line }: Manifest['origin']): string {
  return `${file}:${line}`;
}

function duplicate({ name, origin }: Application, first: Application): Fault {
  const [file, other] = [placeOf(first.origin), placeOf(origin)];
  return new Fault('application.duplicate', { application: name, file, other });
}

/** A folder mounted from a ConfigMap shows every file three times; Kubernetes hides the copies below `..`. */
function isDocumentFile(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path) && !path.split('/').some((part) => part.startsWith('..'));
}
