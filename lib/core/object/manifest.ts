/** An object as Git wants it, and where in Git it stands. */
import type { KubernetesObject } from './kubernetes-object.ts';

/** `line` is 1-based, the first line of the document in `file`; 0 where the tool does not say. */
export type Origin = { file: string; line: number };

export type Manifest = { object: KubernetesObject; origin: Origin };
