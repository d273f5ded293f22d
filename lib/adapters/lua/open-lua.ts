/** Runs Lua in a virtual machine of its own: no files, no processes, no modules, and an end to time, steps and memory. */
import { types } from 'node:util';
import { createContext, Script as VmScript } from 'node:vm';
import type { LuaState } from 'fengari/src/lua.js';
import type { ScriptResult } from '../../core/health/script-health.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Script, Scripts } from '../../ports/scripts.ts';
import { chargeText, limitText } from './counted-text.ts';
import { lauxlib, ldebug, lua, lualib } from './fengari.ts';
import { encode, pushValue, readValue } from './lua-value.ts';
import { prelude } from './prelude.ts';
import { openTime } from './time-library.ts';

/** Scripts that judge an object take a few hundred steps. A table grows by one entry a step at most. */
const maxSteps = 500_000;
const maxTextBytes = 8 * 1024 * 1024;
/** As in Argo CD. Steps end sooner; this is for what runs inside one step, such as a pattern that backtracks. */
const timeoutMs = 1_000;

/** The chunk's name in messages, which then begin with `line:3:`. */
const chunk = '=line';

export function openLua(now: Clock): Scripts {
  const timed = openTimer();
  return {
    run: (script, globals) => timed(() => runScript(script, globals, now())),
    problem(text) {
      const L = lauxlib.luaL_newstate();
      const because = load(L, text);
      if (because === null) return null;
      const { line, rest } = splitLine(because);
      return { line: line ?? 1, because: rest };
    },
  };
}

/** Node's timer for scripts ends whatever runs, where one of the event loop would not get its turn. */
function openTimer(): (run: () => ScriptResult) => ScriptResult {
  const context: { run: () => ScriptResult } = { run: () => ({ value: null }) };
  createContext(context);
  const call = new VmScript('run()');
  return (run) => {
    context.run = run;
    try {
      const result: ScriptResult = call.runInContext(context, { timeout: timeoutMs });
      return result;
    } catch (error) {
      // It comes from the other context, whose Error is not ours.
      const isLate = types.isNativeError(error) && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
      if (isLate) return { because: `it takes longer than ${timeoutMs / 1000} s` };
      throw error;
    }
  };
}

function runScript({ lua: text, useOpenLibs }: Script, globals: Readonly<Record<string, unknown>>, now: number) {
  const L = openState(useOpenLibs, now);
  for (const [name, value] of Object.entries(globals)) {
    pushValue(L, value);
    lua.lua_setglobal(L, encode(name));
  }
  limit(L);
  const because = load(L, text) ?? call(L);
  if (because !== null) return { because: sayLine(because) };
  try {
    return { value: readValue(L, -1) };
  } catch (error) {
    return { because: error instanceof Error ? error.message : String(error) };
  }
}

function openState(useOpenLibs: boolean, now: number): LuaState {
  const L = lauxlib.luaL_newstate();
  lua.lua_atnativeerror(L, pushError);
  open(L, '_G', lualib.luaopen_base);
  open(L, 'table', lualib.luaopen_table);
  if (useOpenLibs) {
    open(L, 'string', lualib.luaopen_string);
    open(L, 'math', lualib.luaopen_math);
  }
  openTime(L, now);
  lua.lua_pushcfunction(L, (state) => {
    chargeText(L, lua.lua_tonumber(state, 1));
    return 0;
  });
  lua.lua_setglobal(L, encode('charge'));
  const because = load(L, prelude) ?? call(L);
  if (because !== null) throw new TypeError(`the prelude is wrong: ${because}`);
  lua.lua_pop(L, 1);
  return L;
}

function open(L: LuaState, name: string, library: (L: LuaState) => number): void {
  lauxlib.luaL_requiref(L, encode(name), library, 1);
  lua.lua_pop(L, 1);
}

/** An Error of ours on its way through the virtual machine becomes an error of Lua, with its sentence. */
function pushError(L: LuaState): number {
  const error = lua.lua_touserdata(L, 1);
  // A stack that is used up is one of JavaScript's errors.
  lua.lua_pushstring(L, encode(error instanceof Error ? error.message : String(error)));
  return 1;
}

function limit(L: LuaState): void {
  limitText(L, { bytes: maxTextBytes, stop: (state) => end(state, 'it makes too much text') });
  lua.lua_sethook(L, (state) => end(state, `it takes more than ${maxSteps} steps`), lua.LUA_MASKCOUNT, maxSteps);
}

/** A script may catch this; so from here on every step of it ends so. */
function end(L: LuaState, because: string): never {
  const again = (state: LuaState) => ldebug.luaG_runerror(state, encode(because));
  lua.lua_sethook(L, again, lua.LUA_MASKCOUNT, 1);
  return again(L);
}

/** What is wrong with the text; null when it is Lua and now on the stack. `t`: text, for compiled Lua is not checked by anyone. */
function load(L: LuaState, text: string): string | null {
  const bytes = encode(text);
  const status = lauxlib.luaL_loadbufferx(L, bytes, bytes.length, encode(chunk), encode('t'));
  return status === lua.LUA_OK ? null : popMessage(L);
}

function call(L: LuaState): string | null {
  return lua.lua_pcall(L, 0, 1, 0) === lua.LUA_OK ? null : popMessage(L);
}

function popMessage(L: LuaState): string {
  const isText = lua.lua_type(L, -1) === lua.LUA_TSTRING;
  const message = isText ? lua.lua_tojsstring(L, -1) : 'it raises an error that is no text';
  lua.lua_pop(L, 1);
  return message;
}

function sayLine(message: string): string {
  const { line, rest } = splitLine(message);
  return line === null ? rest : `line ${line}: ${rest}`;
}

function splitLine(message: string): { line: number | null; rest: string } {
  const [, line, rest] = /^line:(\d+): (.*)$/s.exec(message) ?? [];
  return line === undefined ? { line: null, rest: message } : { line: Number(line), rest: rest ?? '' };
}
