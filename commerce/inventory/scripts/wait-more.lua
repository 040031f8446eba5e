-- Lets one more buyer wait for a unit of a sale that is sold out for everybody who does not wait. From here on a unit that
-- comes free is kept for those who wait.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] sale id
-- ARGV[4] buyer
-- ARGV[5] how many may wait at most
-- Output: JSON { code: OK | NOT_LOADED | SALE_NOT_OPEN | BUYER_LIMIT_REACHED | NOT_SOLD_OUT | WAITLIST_FULL, now, left? }

local sale, buyer = ARGV[3], ARGV[4]

local function refusal()
  local facts = redis.call('HMGET', saleKey(sale), 'limit', 'startsAt', 'endsAt', 'closed')
  if not facts[1] then return 'NOT_LOADED' end
  if isClosed(facts[4]) or now < tonumber(facts[2]) or now >= tonumber(facts[3]) then return 'SALE_NOT_OPEN' end
  local mine = redis.call('HMGET', buyersKey(sale), 'h:' .. buyer, 'b:' .. buyer)
  if tonumber(mine[1] or 0) + tonumber(mine[2] or 0) >= tonumber(facts[1]) then return 'BUYER_LIMIT_REACHED' end
  local left, waiting = leftOf(sale)
  if not left then return 'NOT_LOADED' end
  if left - waiting > 0 then return 'NOT_SOLD_OUT' end
  if waiting >= tonumber(ARGV[5]) then return 'WAITLIST_FULL' end
  return nil
end

expireDue(50)
local code = refusal()
if code then return answer(code) end
redis.call('HINCRBY', pools, sale .. '|waiting', 1)
return answer('OK')
