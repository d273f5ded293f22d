/** Fills Argo CD's build variables (`$ARGOCD_APP_NAME`) into Helm parameters and paths of value files. */
import type { HelmSource, Source } from '../application/application.ts';

export type BuildFacts = {
  application: string;
  namespace: string;
  revision: string;
  source: Source;
  kubeVersion: string;
};

/** `$$` stands for `$`. Unlike Argo CD, a variable it does not know is left as written instead of vanishing. */
export function fillHelmSettings(settings: HelmSource, facts: BuildFacts): HelmSource {
  const fill = (text: string) => fillVariables(text, variables(facts));
  const { parameters, valueFiles, fileParameters } = settings;
  return {
    ...settings,
    ...(valueFiles && { valueFiles: valueFiles.map(fill) }),
    ...(parameters && { parameters: parameters.map((parameter) => ({ ...parameter, value: fill(parameter.value) })) }),
    ...(fileParameters && { fileParameters: fileParameters.map(({ name, path }) => ({ name, path: fill(path) })) }),
  };
}

function variables({ application, namespace, revision, source, kubeVersion }: BuildFacts): Map<string, string> {
  return new Map([
    ['ARGOCD_APP_NAME', application],
    ['ARGOCD_APP_NAMESPACE', namespace],
    ['ARGOCD_APP_REVISION', revision],
    ['ARGOCD_APP_REVISION_SHORT', revision.slice(0, 7)],
    ['ARGOCD_APP_REVISION_SHORT_8', revision.slice(0, 8)],
    ['ARGOCD_APP_SOURCE_PATH', source.path],
    ['ARGOCD_APP_SOURCE_REPO_URL', source.repoURL],
    ['ARGOCD_APP_SOURCE_TARGET_REVISION', source.targetRevision],
    ['KUBE_VERSION', kubeVersion.replace(/^v/, '')],
  ]);
}

function fillVariables(text: string, known: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, bare?: string, braced?: string) =>
    whole === '$$' ? '$' : (known.get(bare ?? braced ?? '') ?? whole),
  );
}
