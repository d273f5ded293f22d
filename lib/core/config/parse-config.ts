/** Reads `trueup.yaml`: all problems at once, each with its line; relative paths become relative to the file's folder. */
import { dirname, isAbsolute, join } from 'node:path';
import { Fault } from '../fault/fault.ts';
import { lineInDocument } from '../yaml/line-of.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { type Config, configSchema } from './config.ts';
import { formatProblem, type Problem, toProblems } from './config-problem.ts';

/** `file` is named in messages, and its folder is what relative paths start from. Fault config.invalid. */
export function parseConfig(text: string, file: string): Config {
  const { documents, faults } = readYaml(text, file);
  if (faults.length > 0) throw invalid(file, faults.map(asProblem));
  const [document, second] = documents;
  if (second !== undefined) {
    throw invalid(file, [{ file, line: second.line, path: '', found: 'a second document', allowed: 'one' }]);
  }
  const checked = configSchema.safeParse(document?.value ?? null);
  if (checked.success) return resolvePaths(checked.data, dirname(file));
  const place = {
    file,
    value: document?.value,
    lineOf: (path: readonly (string | number)[]) =>
      document === undefined ? 1 : lineInDocument(document, document.node, path),
  };
  throw invalid(
    file,
    checked.error.issues.flatMap((issue) => toProblems(issue, place)),
  );
}

function asProblem({ message, facts }: Fault): Problem {
  const found = typeof facts.because === 'string' ? facts.because : message;
  return { file: String(facts.file), line: Number(facts.line), path: '', found, allowed: 'YAML' };
}

function invalid(path: string, unsorted: readonly Problem[]): Fault {
  const problems = unsorted.toSorted((a, b) => a.line - b.line);
  return new Fault('config.invalid', {
    path,
    problems,
    text: problems.map((problem) => `  ${formatProblem(problem)}`).join('\n'),
  });
}

function resolvePaths(config: Config, folder: string): Config {
  const at = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  const { fleet } = config;
  return {
    ...config,
    store: config.store.kind === 'sqlite' ? { ...config.store, path: at(config.store.path) } : config.store,
    clusters: config.clusters.map((cluster) =>
      typeof cluster.kubeconfig === 'string' ? { ...cluster, kubeconfig: at(cluster.kubeconfig) } : cluster,
    ),
    fleet: fleet.repoURL === undefined && fleet.path !== undefined ? { ...fleet, path: at(fleet.path) } : fleet,
  };
}
