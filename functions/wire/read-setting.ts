/** What serverless.yml sets for a function. */
import { Fault } from '../../lib/core/fault/fault.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Fault config.bad_argument for what is missing. */
export function readSetting(env: Env, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new Fault('config.bad_argument', { argument: name, found: 'empty', allowed: 'what serverless.yml sets' });
}
