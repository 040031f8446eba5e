-- The sweeper's turn: expires what is due, and reports what needs more than Redis.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] most holds of one turn
-- ARGV[4] how many reported `untold` were dealt with by the turn before
-- Output: JSON { code: OK, now, untold?: [{ id, buyer, showId }], overdue?: [hold id], left? }

if tonumber(ARGV[4]) > 0 then redis.call('LTRIM', prefix .. 'untold', ARGV[4], -1) end
expireDue(tonumber(ARGV[3]))
local untold = {}
for _, id in ipairs(redis.call('LRANGE', prefix .. 'untold', 0, tonumber(ARGV[3]) - 1)) do
  local hold = redis.call('HMGET', holdKey(id), 'buyer', 'showId')
  untold[#untold + 1] = { id = id, buyer = hold[1] or '', showId = hold[2] or '' }
end
local overdue = redis.call('ZRANGEBYSCORE', prefix .. 'claims', '-inf', now, 'LIMIT', 0, ARGV[3])
local fields = {}
if #untold > 0 then fields.untold = untold end
if #overdue > 0 then fields.overdue = overdue end
return answer('OK', fields)
