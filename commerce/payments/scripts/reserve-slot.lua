-- Gives the next free slot of a gateway's schedule away (GCRA without a burst: slots are one interval apart).
-- KEYS[1] next: when the next slot is free, milliseconds
-- ARGV[1] now, milliseconds   ARGV[2] interval between two slots, milliseconds   ARGV[3] not before, milliseconds from now
-- ARGV[4] how far ahead slots are given away, milliseconds
-- Output: how long to wait for the slot, milliseconds (as text); with the bound reached, that bound: no slot is taken then.

local now = tonumber(ARGV[1])
local interval = tonumber(ARGV[2])
local earliest = now + tonumber(ARGV[3])
local bound = tonumber(ARGV[4])
local slot = math.max(earliest, tonumber(redis.call('GET', KEYS[1]) or '0'))
if slot - now > bound then return tostring(bound) end
redis.call('SET', KEYS[1], string.format('%.3f', slot + interval), 'PX', math.ceil(slot + interval - now) + 60000)
return string.format('%.3f', slot - now)
