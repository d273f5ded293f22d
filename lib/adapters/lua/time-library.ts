/** The part of Lua's `os` that Argo CD's scripts may use: the time and how it is written, in UTC. */
import type { LuaState } from 'fengari/src/lua.js';
import { lauxlib, lua } from './fengari.ts';
import { encode, pushValue } from './lua-value.ts';

/** Makes the global `os`. `now`: ms since the epoch. */
export function openTime(L: LuaState, now: number): void {
  lua.lua_newtable(L);
  lua.lua_pushcfunction(L, (state) => pushTime(state, now));
  lua.lua_setfield(L, -2, encode('time'));
  lua.lua_pushcfunction(L, (state) => pushDate(state, now));
  lua.lua_setfield(L, -2, encode('date'));
  lua.lua_setglobal(L, encode('os'));
}

/** Seconds since the epoch, of now or of a table of year, month, day and what else is given. */
function pushTime(L: LuaState, now: number): number {
  if (lua.lua_type(L, 1) !== lua.LUA_TTABLE) {
    lua.lua_pushnumber(L, Math.floor(now / 1000));
    return 1;
  }
  const field = (name: string, otherwise: number | null): number => {
    lua.lua_getfield(L, 1, encode(name));
    const isAbsent = lua.lua_type(L, -1) === lua.LUA_TNIL;
    if (isAbsent && otherwise === null) lauxlib.luaL_error(L, encode(`field '${name}' missing in date table`));
    const value = isAbsent ? otherwise : lauxlib.luaL_checknumber(L, -1);
    lua.lua_pop(L, 1);
    return value ?? 0;
  };
  const [year, month, day] = [field('year', null), field('month', null), field('day', null)];
  const [hour, min, sec] = [field('hour', 12), field('min', 0), field('sec', 0)];
  lua.lua_pushnumber(L, Date.UTC(year, month - 1, day, hour, min, sec) / 1000);
  return 1;
}

/** `os.date(format, time)`; `*t` gives a table. A leading `!` asks for UTC, which it always is. */
function pushDate(L: LuaState, now: number): number {
  const asked = lua.lua_type(L, 1) === lua.LUA_TSTRING ? lua.lua_tojsstring(L, 1) : '%c';
  const seconds = lua.lua_type(L, 2) === lua.LUA_TNUMBER ? lua.lua_tonumber(L, 2) : Math.floor(now / 1000);
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return lauxlib.luaL_error(L, encode('this time is no date'));
  const format = asked.replace(/^!/, '');
  pushValue(L, format.startsWith('*t') ? toFields(date) : writeDate(date, format));
  return 1;
}

function toFields(date: Date) {
  const year = date.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    min: date.getUTCMinutes(),
    sec: date.getUTCSeconds(),
    wday: date.getUTCDay() + 1,
    yday: Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000) + 1,
    isdst: false,
  };
}

/** The conversions of strftime that name numbers, and the names of days and months. */
function writeDate(date: Date, format: string): string {
  const fields = toFields(date);
  const two = (value: number) => String(value).padStart(2, '0');
  const named = (options: Intl.DateTimeFormatOptions) => date.toLocaleString('en-US', { ...options, timeZone: 'UTC' });
  const written: Record<string, () => string> = {
    '%': () => '%',
    a: () => named({ weekday: 'short' }),
    A: () => named({ weekday: 'long' }),
    b: () => named({ month: 'short' }),
    B: () => named({ month: 'long' }),
    c: () => writeDate(date, '%a %b %d %H:%M:%S %Y'),
    d: () => two(fields.day),
    D: () => writeDate(date, '%m/%d/%y'),
    F: () => writeDate(date, '%Y-%m-%d'),
    H: () => two(fields.hour),
    I: () => two(((fields.hour + 11) % 12) + 1),
    j: () => String(fields.yday).padStart(3, '0'),
    m: () => two(fields.month),
    M: () => two(fields.min),
    p: () => (fields.hour < 12 ? 'AM' : 'PM'),
    S: () => two(fields.sec),
    T: () => writeDate(date, '%H:%M:%S'),
    w: () => String(fields.wday - 1),
    x: () => writeDate(date, '%m/%d/%y'),
    X: () => writeDate(date, '%H:%M:%S'),
    y: () => two(fields.year % 100),
    Y: () => String(fields.year),
    z: () => '+0000',
    Z: () => 'UTC',
  };
  return format.replaceAll(/%(.)/g, (whole, letter: string) => written[letter]?.() ?? whole);
}
