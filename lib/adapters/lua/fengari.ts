/**
 * fengari, made into Lua 5.1, in which the scripts are written: every number may have a fraction, and 3 is still written "3".
 * Lua 5.3 counts whole numbers apart, and fengari in 32 bits, where the seconds since 1970 times a thousand are another number.
 */
import './number-format.ts';
import './counted-text.ts';
import lauxlib from 'fengari/src/lauxlib.js';
import ldebug from 'fengari/src/ldebug.js';
import lobject from 'fengari/src/lobject.js';
import lua from 'fengari/src/lua.js';
import lualib from 'fengari/src/lualib.js';

const original = lobject.luaO_str2num;

lobject.luaO_str2num = (text, into) => {
  const size = original(text, into);
  if (size > 0 && into.ttisinteger()) into.setfltvalue(into.value);
  return size;
};

export { lauxlib, ldebug, lua, lualib };
