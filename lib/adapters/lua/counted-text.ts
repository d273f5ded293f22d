/**
 * Counts the text that a script makes: a loop that doubles one fills any memory within thirty steps. Changes fengari before
 * the rest of it is loaded, which copies what is changed here; so this is imported before it.
 */
import lstring from 'fengari/src/lstring.js';
import type { LuaState } from 'fengari/src/lua.js';

export type TextLimit = {
  bytes: number;
  /** Called when they are used up; ends the script. */
  stop(L: LuaState): void;
};

/** States that are not in here are not counted. */
const left = new WeakMap<LuaState, TextLimit>();

export function limitText(L: LuaState, limit: TextLimit): void {
  left.set(L, limit);
}

export function chargeText(L: LuaState, bytes: number): void {
  const limit = left.get(L);
  if (limit === undefined) return;
  if (limit.bytes >= bytes) {
    limit.bytes -= bytes;
    return;
  }
  // What says so is text too.
  left.delete(L);
  limit.stop(L);
}

for (const make of ['luaS_bless', 'luaS_new'] as const) {
  const original = lstring[make];
  // No arrow: fengari calls it with `new` in places.
  lstring[make] = function counted(L, text) {
    chargeText(L, text.length);
    return original(L, text);
  };
}
