/** More Applications like the one of the story, each with a Deployment and a folder of its own. */
import type { VerifySetting } from '../../infra/aws/verify/verify-setting.ts';
import { applicationText, manifests } from '../../infra/aws/verify/write-files.ts';

export type Many = { names: readonly string[]; namespace: string; repoURL: string; setting: VerifySetting };

/** Path → content: `fleet` for the fleet's repository, `sources` for theirs. */
export function manyApplications(many: Many): Record<'fleet' | 'sources', Record<string, string>> {
  const { names } = many;
  return {
    fleet: Object.fromEntries(names.map((name) => [`fleet/${name}.yaml`, documentOf(name, many)])),
    sources: Object.assign({}, ...names.map((name) => sourcesOf(name, 'registry.k8s.io/pause:3.9'))),
  };
}

/** Path → content, in the folder and with the Deployment of this name. */
export function sourcesOf(name: string, image: string): Record<string, string> {
  const files = Object.entries(manifests(image)).map(([path, content]) => [
    path.replace(/^app\//, `${name}/`),
    content.replaceAll('"web"', `"${name}"`).replace('name: settings', `name: settings-${name}`),
  ]);
  return Object.fromEntries(files);
}

function documentOf(name: string, { namespace, repoURL, setting }: Many): string {
  const document = JSON.parse(applicationText(namespace, setting));
  document.metadata.name = name;
  Object.assign(document.spec.source, { repoURL, path: name });
  return JSON.stringify(document);
}
