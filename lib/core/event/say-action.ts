/** `scale replicas=5`: an action and its parameters, for people. */
import type { ActionTaken } from './event.ts';

export function sayAction({ name, parameters }: ActionTaken): string {
  return [name, ...Object.entries(parameters).map(([parameter, value]) => `${parameter}=${value}`)].join(' ');
}
