/** What the fleet says that holds for many Applications: read once at the start of a run, and handed down. */
import type { Customizations } from '../customization/customizations.ts';
import type { Dependencies } from '../dependency/dependencies.ts';
import type { Project } from '../project/project.ts';

export type Rules = {
  /** `default` is among them, unless its document cannot be read. */
  projects: Project[];
  customizations: Customizations;
  dependencies: Dependencies;
};
