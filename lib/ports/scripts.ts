/** Runs the Lua of an `argocd-cm`: a text from Git that judges or changes an object, and can do nothing else. */
import type { ScriptResult } from '../core/health/script-health.ts';

export type Script = { lua: string; useOpenLibs: boolean };

export interface Scripts {
  /** `globals` are JSON, and so is what the script returns; null where it returns nothing. Never throws for what the script does. */
  run(script: Script, globals: Readonly<Record<string, unknown>>): ScriptResult;
  /** Why this is no Lua, with the line; null when it is. */
  problem(lua: string): { line: number; because: string } | null;
}
