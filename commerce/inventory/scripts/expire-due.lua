-- The sweeper's turn: expires what is due, and reports what needs more than Redis.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] most holds of one turn
-- ARGV[4...] ids of reported `untold` that were dealt with: two sweepers may be at work at once
-- Output: JSON { code: OK, now, isIdle, untold?: [{ id, buyer, showId }], overdue?: [hold id], left? }
-- isIdle: nothing of this merchant is held

for index = 4, #ARGV do redis.call('LREM', prefix .. 'untold', 1, ARGV[index]) end
expireDue(tonumber(ARGV[3]))
local untold = {}
for _, id in ipairs(redis.call('LRANGE', prefix .. 'untold', 0, tonumber(ARGV[3]) - 1)) do
  local hold = redis.call('HMGET', holdKey(id), 'buyer', 'showId')
  untold[#untold + 1] = { id = id, buyer = hold[1] or '', showId = hold[2] or '' }
end
local overdue = redis.call('ZRANGEBYSCORE', prefix .. 'claims', '-inf', now, 'LIMIT', 0, ARGV[3])
local fields = { isIdle = redis.call('EXISTS', prefix .. 'holds', prefix .. 'claims', prefix .. 'untold') == 0 }
if #untold > 0 then fields.untold = untold end
if #overdue > 0 then fields.overdue = overdue end
return answer('OK', fields)
