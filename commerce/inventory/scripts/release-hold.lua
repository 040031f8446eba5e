-- Gives the units of a hold back, at its owner's wish.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] hold id
-- ARGV[4] buyer
-- Output: JSON { code: OK | NOT_FOUND | claiming | claimed | released | expired, now, left? }

local hold = redis.call('HMGET', holdKey(ARGV[3]), 'status', 'buyer', 'expiresAt')
if not hold[1] or hold[2] ~= ARGV[4] then return answer('NOT_FOUND') end
if hold[1] ~= 'active' then return answer(hold[1]) end
if tonumber(hold[3]) <= now then
  expireHold(ARGV[3])
  return answer('expired')
end
endHold(ARGV[3], 'released')
return answer('OK')
