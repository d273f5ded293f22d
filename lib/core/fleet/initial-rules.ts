/** The rules of an installation whose fleet nobody has read yet, and of one that only has Applications. */
import { noCustomizations } from '../customization/no-customizations.ts';
import { defaultProject } from '../project/default-project.ts';
import type { Rules } from './rules.ts';

export function initialRules(): Rules {
  return { projects: [defaultProject()], customizations: noCustomizations(), dependencies: {} };
}
