/** JSON to Lua and back. */
import type { LuaState } from 'fengari/src/lua.js';
import { lauxlib, lua } from './fengari.ts';

/** Marks tables that were lists: an empty one could not be told from an empty mapping on its way back. */
const listMark = encode('trueup.list');

export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Leaves one value on the stack. Null is nil, as in Argo CD: the key is then absent. */
export function pushValue(L: LuaState, value: unknown): void {
  needRoom(L);
  if (typeof value === 'string') lua.lua_pushstring(L, encode(value));
  else if (typeof value === 'number') lua.lua_pushnumber(L, value);
  else if (typeof value === 'boolean') lua.lua_pushboolean(L, value);
  else if (Array.isArray(value)) pushList(L, value);
  else if (typeof value === 'object' && value !== null) pushMapping(L, value);
  else lua.lua_pushnil(L);
}

/** For what one level of nesting puts on the stack; without asking there is room for twenty values. */
function needRoom(L: LuaState): void {
  lauxlib.luaL_checkstack(L, 4, encode('too deep'));
}

function pushList(L: LuaState, list: readonly unknown[]): void {
  lua.lua_newtable(L);
  list.forEach((item, index) => {
    pushValue(L, item);
    lua.lua_rawseti(L, -2, index + 1);
  });
  lua.lua_newtable(L);
  lua.lua_pushboolean(L, true);
  lua.lua_setfield(L, -2, listMark);
  lua.lua_setmetatable(L, -2);
}

function pushMapping(L: LuaState, mapping: object): void {
  lua.lua_newtable(L);
  for (const [key, field] of Object.entries(mapping)) {
    pushValue(L, field);
    lua.lua_setfield(L, -2, encode(key));
  }
}

/** Deeper than any object of Kubernetes; a table that holds itself has no end. */
const deepest = 100;

/** Reads the value at this place of the stack. Throws an Error for what JSON cannot hold. */
export function readValue(L: LuaState, index: number, depth = 0): unknown {
  if (depth > deepest) throw new Error('it returns a table that is too deep, or that holds itself');
  needRoom(L);
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TNIL:
      return null;
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(L, index);
    case lua.LUA_TNUMBER:
      return lua.lua_tonumber(L, index);
    case lua.LUA_TSTRING:
      return lua.lua_tojsstring(L, index);
    case lua.LUA_TTABLE:
      return readTable(L, lua.lua_absindex(L, index), depth);
    default:
      throw new Error('it returns something that is neither text, number, boolean nor table');
  }
}

function readTable(L: LuaState, index: number, depth: number): unknown {
  const entries: [string | number, unknown][] = [];
  lua.lua_pushnil(L);
  while (lua.lua_next(L, index)) {
    const key = lua.lua_type(L, -2) === lua.LUA_TNUMBER ? lua.lua_tonumber(L, -2) : String(readValue(L, -2, depth + 1));
    entries.push([key, readValue(L, -1, depth + 1)]);
    lua.lua_pop(L, 1);
  }
  const isList = entries.length > 0 ? entries.every(([key]) => typeof key === 'number') : isMarked(L, index);
  if (!isList) return Object.fromEntries(entries);
  return entries.toSorted(([one], [other]) => Number(one) - Number(other)).map(([, item]) => item);
}

function isMarked(L: LuaState, index: number): boolean {
  if (!lua.lua_getmetatable(L, index)) return false;
  lua.lua_getfield(L, -1, listMark);
  const marked = lua.lua_toboolean(L, -1);
  lua.lua_pop(L, 2);
  return marked;
}
