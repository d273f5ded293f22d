/** Reads `trueup.yaml`: all problems at once, each with its line; relative paths become relative to the file's folder. */
import { dirname, isAbsolute, join } from 'node:path';
import { CORE_SCHEMA, constructFromEvents, mergeTag, parseEvents, YAMLException } from 'js-yaml';
import { Fault } from '../fault/fault.ts';
import { type Config, configSchema } from './config.ts';
import { formatProblem, type Problem, toProblem } from './config-problem.ts';
import { locateLines } from './locate-lines.ts';

/** `file` is named in messages, and its folder is what relative paths start from. Fault config.invalid. */
export function parseConfig(text: string, file: string): Config {
  const { value, lineOf } = readYaml(text, file);
  const checked = configSchema.safeParse(value);
  if (!checked.success) {
    throw invalid(
      file,
      checked.error.issues.flatMap((issue) => toProblem(issue, value, { file, lineOf })),
    );
  }
  return resolvePaths(checked.data, dirname(file));
}

function readYaml(text: string, file: string): { value: unknown; lineOf: ReturnType<typeof locateLines> } {
  try {
    const events = parseEvents(text, { filename: file });
    const documents = constructFromEvents(events, { source: text, schema: CORE_SCHEMA.withTags(mergeTag) });
    return { value: documents[0] ?? null, lineOf: locateLines(text, events) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark?.line ?? 0) + 1;
    throw invalid(file, [{ file, line, path: '', found: error.reason, allowed: 'YAML' }]);
  }
}

function invalid(file: string, problems: Problem[]): Fault {
  return new Fault('config.invalid', {
    path: file,
    problems,
    text: problems.map((problem) => `  ${formatProblem(problem)}`).join('\n'),
  });
}

function resolvePaths(config: Config, folder: string): Config {
  const at = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  const { fleet } = config;
  return {
    ...config,
    store: { ...config.store, path: at(config.store.path) },
    clusters: config.clusters.map((cluster) =>
      cluster.kubeconfig === undefined ? cluster : { ...cluster, kubeconfig: at(cluster.kubeconfig) },
    ),
    fleet: fleet.repoURL === undefined && fleet.path !== undefined ? { ...fleet, path: at(fleet.path) } : fleet,
  };
}
