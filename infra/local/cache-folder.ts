/** Where downloaded, built and unpacked programs are kept between runs: outside any checkout, shared by all of them. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `$TRUEUP_CACHE`, else `$XDG_CACHE_HOME/trueup`, else `~/.cache/trueup`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.TRUEUP_CACHE) return env.TRUEUP_CACHE;
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'trueup');
}
