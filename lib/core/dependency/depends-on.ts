/** Which Applications another one waits for: its document names them. */
import type { Application } from '../application/application.ts';

/** On the Application document: `database, queue`. */
export const dependsOnAnnotation = 'trueup.dev/depends-on';

export const allowedDependsOn = 'names of Applications, separated by commas';

export function dependsOn({ annotations }: Pick<Application, 'annotations'>): string[] {
  const written = annotations[dependsOnAnnotation];
  return written === undefined ? [] : (readDependsOn(written) ?? []);
}

/** null: not allowed. */
export function readDependsOn(written: string): string[] | null {
  const names = written.split(',').map((name) => name.trim());
  return names.every((name) => /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) ? [...new Set(names)] : null;
}
