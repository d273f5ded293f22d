/** Has fengari write 3 as "3", not as "3.0". The rest of fengari copies this when it is loaded, so this is imported before it. */
import luaconf from 'fengari/src/luaconf.js';

luaconf.LUA_COMPAT_FLOATSTRING = true;
