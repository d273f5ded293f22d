/** What holds after the fleet was read: its rules, and what of the former ones must not be lost to a typing error. */
import { globalProjectsKey } from '../customization/read-customizations.ts';
import type { Fault } from '../fault/fault.ts';
import { defaultProject } from '../project/default-project.ts';
import type { Project } from '../project/project.ts';
import type { Rules } from './rules.ts';

export type RulesRead = Omit<Rules, 'projects'> & { projects: readonly Project[]; faults: readonly Fault[] };

/**
 * While any document cannot be read, a project that is missing keeps what it said before: it may stand in that document.
 * The project `default` allows everything only where the fleet says nothing else of it.
 */
export function rulesOf(read: RulesRead, former: Rules): Rules {
  const isMissing = ({ name }: Project) => read.projects.every((project) => project.name !== name);
  const kept =
    read.faults.length > 0 ? former.projects.filter((project) => project.origin !== null && isMissing(project)) : [];
  const projects = [...read.projects, ...kept];
  const saysDefault =
    projects.some(({ name }) => name === 'default') || read.faults.some(({ facts }) => facts.project === 'default');
  const all = saysDefault ? projects : [...projects, defaultProject()];
  return {
    projects: all.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    customizations: withGlobals(read, former),
    dependencies: read.dependencies,
  };
}

/** They forbid as well as permit: while a document cannot be read, or they themselves cannot, what they said before holds. */
function withGlobals({ customizations, faults }: RulesRead, former: Rules): Rules['customizations'] {
  const { globalProjects = [] } = customizations;
  const areBroken = faults.some(({ facts }) => String(facts.path).split(':')[0] === globalProjectsKey);
  if (!areBroken && (faults.length === 0 || globalProjects.length > 0)) return customizations;
  return { ...customizations, globalProjects: former.customizations.globalProjects ?? [] };
}
