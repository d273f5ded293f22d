/** What Lua 5.1 had, and what keeps the library from making a text of gigabytes at once. Runs before each script; `charge` is then gone. */
export const prelude = `
local charge, tostring, type, select = charge, tostring, type, select
unpack = table.unpack
table.getn = function(list) return #list end
table.maxn = function(list)
  local highest = 0
  for key in pairs(list) do
    if type(key) == 'number' and key > highest then highest = key end
  end
  return highest
end

local concat = table.concat
table.concat = function(list, separator, from, to)
  from, to = from or 1, to or #list
  local bytes = 0
  for at = from, to do bytes = bytes + #tostring(list[at]) + #tostring(separator or '') end
  charge(bytes)
  return concat(list, separator, from, to)
end

if math then
  math.pow = function(base, exponent) return base ^ exponent end
  math.random, math.randomseed = nil, nil
end

if string then
  local rep, gsub, format = string.rep, string.gsub, string.format
  string.dump = nil
  string.gfind = string.gmatch
  string.rep = function(text, times, separator)
    charge((#tostring(text) + #tostring(separator or '')) * times)
    return rep(text, times, separator)
  end
  string.format = function(...)
    local bytes = 0
    for at = 1, select('#', ...) do bytes = bytes + #tostring((select(at, ...))) end
    charge(bytes)
    return format(...)
  end
  local function charged(text)
    if text then charge(#tostring(text)) end
    return text
  end
  string.gsub = function(text, pattern, with, times)
    local replace = with
    if type(with) == 'function' then replace = function(...) return charged(with(...)) end
    elseif type(with) == 'table' then replace = function(key) return charged(with[key]) end
    else charge((#tostring(text) + 1) * #tostring(with)) end
    return gsub(text, pattern, replace, times)
  end
end

for _, name in ipairs({'charge', 'collectgarbage', 'dofile', 'load', 'loadfile', 'loadstring', 'require', '_VERSION'}) do
  _G[name] = nil
end
print = function() end
`;
