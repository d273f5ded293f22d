/** The part of fengari that is used. It has no types of its own. */
declare module 'fengari/src/luaconf.js' {
  const luaconf: { LUA_COMPAT_FLOATSTRING: boolean };
  export default luaconf;
}
declare module 'fengari/src/lstring.js' {
  import type { LuaState } from 'fengari/src/lua.js';

  const lstring: Record<'luaS_bless' | 'luaS_new', (L: LuaState, text: Uint8Array) => object>;
  export default lstring;
}
declare module 'fengari/src/lua.js' {
  /** One state of the virtual machine. */
  export type LuaState = { readonly lua: unique symbol };
  type LuaFunction = (L: LuaState) => number;

  const lua: {
    LUA_OK: number;
    LUA_MASKCOUNT: number;
    LUA_TNIL: number;
    LUA_TBOOLEAN: number;
    LUA_TNUMBER: number;
    LUA_TSTRING: number;
    LUA_TTABLE: number;
    lua_atnativeerror(L: LuaState, handler: LuaFunction): void;
    lua_getmetatable(L: LuaState, index: number): boolean;
    lua_getfield(L: LuaState, index: number, key: Uint8Array): number;
    lua_gettop(L: LuaState): number;
    lua_next(L: LuaState, index: number): boolean;
    lua_absindex(L: LuaState, index: number): number;
    lua_newtable(L: LuaState): void;
    lua_pcall(L: LuaState, args: number, results: number, handler: number): number;
    lua_pop(L: LuaState, count: number): void;
    lua_pushboolean(L: LuaState, value: boolean): void;
    lua_pushcfunction(L: LuaState, handler: LuaFunction): void;
    lua_pushnil(L: LuaState): void;
    lua_pushnumber(L: LuaState, value: number): void;
    lua_pushstring(L: LuaState, text: Uint8Array): void;
    lua_pushvalue(L: LuaState, index: number): void;
    lua_rawseti(L: LuaState, index: number, at: number): void;
    lua_setfield(L: LuaState, index: number, key: Uint8Array): void;
    lua_setglobal(L: LuaState, name: Uint8Array): void;
    lua_sethook(L: LuaState, hook: (L: LuaState) => void, mask: number, count: number): void;
    lua_setmetatable(L: LuaState, index: number): void;
    lua_toboolean(L: LuaState, index: number): boolean;
    lua_tojsstring(L: LuaState, index: number): string;
    lua_tonumber(L: LuaState, index: number): number;
    lua_topointer(L: LuaState, index: number): unknown;
    lua_touserdata(L: LuaState, index: number): unknown;
    lua_type(L: LuaState, index: number): number;
  };
  export default lua;
}
declare module 'fengari/src/lauxlib.js' {
  import type { LuaState } from 'fengari/src/lua.js';

  const lauxlib: {
    luaL_checkstack(L: LuaState, slots: number, message: Uint8Array): void;
    luaL_newstate(): LuaState;
    luaL_loadbufferx(L: LuaState, text: Uint8Array, length: number, name: Uint8Array, mode: Uint8Array): number;
    luaL_requiref(L: LuaState, name: Uint8Array, open: (L: LuaState) => number, global: number): void;
    luaL_checknumber(L: LuaState, index: number): number;
    luaL_error(L: LuaState, message: Uint8Array): number;
    luaL_tolstring(L: LuaState, index: number): Uint8Array;
  };
  export default lauxlib;
}
declare module 'fengari/src/lualib.js' {
  import type { LuaState } from 'fengari/src/lua.js';

  const lualib: Record<'luaopen_base' | 'luaopen_table' | 'luaopen_string' | 'luaopen_math', (L: LuaState) => number>;
  export default lualib;
}
declare module 'fengari/src/lobject.js' {
  /** A value and its type. */
  export type Cell = { value: number; ttisinteger(): boolean; setfltvalue(value: number): void };

  const lobject: { luaO_str2num(text: Uint8Array, into: Cell): number };
  export default lobject;
}
declare module 'fengari/src/ldebug.js' {
  import type { LuaState } from 'fengari/src/lua.js';

  const ldebug: { luaG_runerror(L: LuaState, message: Uint8Array): never };
  export default ldebug;
}
