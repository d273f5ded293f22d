/** More Applications like the one of the story, each with a Deployment of its own and a folder of one repository that all of them read. */
import type { VerifySetting } from '../../infra/aws/verify/verify-setting.ts';
import { applicationText, manifests } from '../../infra/aws/verify/write-files.ts';

export type Many = { from: number; to: number; namespace: string; repoURL: string; setting: VerifySetting };

/** Path → content: `fleet` for the fleet's repository, `sources` for theirs. `from`, `to`: their numbers. */
export function manyApplications(many: Many): Record<'fleet' | 'sources', Record<string, string>> {
  const { from, to } = many;
  const names = Array.from({ length: to - from + 1 }, (_, at) => `app-${from + at}`);
  return {
    fleet: Object.fromEntries(names.map((name) => [`fleet/${name}.yaml`, documentOf(name, many)])),
    sources: Object.assign({}, ...names.map(sourcesOf)),
  };
}

function documentOf(name: string, { namespace, repoURL, setting }: Many): string {
  const document = JSON.parse(applicationText(namespace, setting));
  document.metadata.name = name;
  Object.assign(document.spec.source, { repoURL, path: name });
  return JSON.stringify(document);
}

function sourcesOf(name: string): Record<string, string> {
  const files = Object.entries(manifests('registry.k8s.io/pause:3.9')).map(([path, content]) => [
    path.replace(/^app\//, `${name}/`),
    content.replaceAll('"web"', `"${name}"`).replace('name: settings', `name: settings-${name}`),
  ]);
  return Object.fromEntries(files);
}
