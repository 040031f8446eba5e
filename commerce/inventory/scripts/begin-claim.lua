-- Sets holds aside for an order that is being written: from here on they do not expire by themselves. All or none.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] buyer
-- ARGV[4] attempt: the same one may begin again
-- ARGV[5] after how many milliseconds the claim is overdue
-- ARGV[6...] hold ids
-- Output: JSON { code: OK | NOT_FOUND | claiming | claimed | released | expired, now, views?, left? }

local views = {}
local function problem(id)
  local hold = redis.call('HMGET', holdKey(id), 'status', 'buyer', 'expiresAt', 'attempt', 'view')
  if not hold[1] or hold[2] ~= ARGV[3] then return 'NOT_FOUND' end
  views[#views + 1] = { view = hold[5], expiresAt = tonumber(hold[3]) }
  if hold[1] == 'claiming' and hold[4] == ARGV[4] then return nil end
  if hold[1] ~= 'active' then return hold[1] end
  if tonumber(hold[3]) > now then return nil end
  expireHold(id)
  return 'expired'
end

for index = 6, #ARGV do
  local code = problem(ARGV[index])
  if code then return answer(code) end
end
for index = 6, #ARGV do
  local id = ARGV[index]
  redis.call('HSET', holdKey(id), 'status', 'claiming', 'attempt', ARGV[4])
  redis.call('PERSIST', holdKey(id))
  redis.call('ZREM', prefix .. 'holds', id)
  redis.call('ZADD', prefix .. 'claims', now + tonumber(ARGV[5]), id)
end
return answer('OK', { views = views })
