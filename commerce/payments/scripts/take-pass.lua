-- Lets one request to the gateway go out, if its limit allows (GCRA). All nodes ask here before each request.
-- KEYS[1] due: when the requests that went out would all be over at the allowed rate, milliseconds
-- ARGV[1] now, milliseconds   ARGV[2] interval between two requests, milliseconds
-- ARGV[3] how far `due` may be ahead of now, milliseconds: less for requests that can wait, so that they go last
-- Output: 0 when the request may go out now, otherwise how long to wait before asking again, milliseconds (as text).

local now = tonumber(ARGV[1])
local interval = tonumber(ARGV[2])
local allowance = tonumber(ARGV[3])
local due = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
if due - now > allowance then return string.format('%.3f', due - now - allowance) end
redis.call('SET', KEYS[1], string.format('%.3f', due + interval), 'PX', math.ceil(due + interval - now) + 60000)
return '0'
