-- Holds a whole cart or nothing. Expires holds that are due first. Asked again for a hold that it has taken (a lost
-- connection sends a command again), it takes nothing more.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] hold id
-- ARGV[4] buyer
-- ARGV[5] show id
-- ARGV[6] JSON: lines [{ pool, saleId ('' at the ordinary price), quantity }], each pool once
-- ARGV[7] how the hold looks to its owner, JSON, kept as it is
-- ARGV[8] window in milliseconds
-- ARGV[9] `offer`: the hold is for a buyer who waited, and who waits no longer; `own`, or left out: for any other
-- ARGV[10] most holds of one buyer, or left out; of no concern to an offer
-- ARGV[11] most units of a variant that one buyer holds at its ordinary price; given together with ARGV[10]
-- Output: JSON { code: OK | NOT_LOADED | SALE_NOT_OPEN | BUYER_LIMIT_REACHED | HOLD_LIMIT_REACHED | SOLD_OUT, now,
--   expiresAt?, left? }

local holdId, buyer = ARGV[3], ARGV[4]
local lines = cjson.decode(ARGV[6])
local isOffer = ARGV[9] == 'offer'

local function refusal(line)
  if line.saleId ~= '' then
    local sale = redis.call('HMGET', saleKey(line.saleId), 'limit', 'startsAt', 'endsAt', 'closed')
    if not sale[1] then return 'NOT_LOADED' end
    if isClosed(sale[4]) or now < tonumber(sale[2]) or now >= tonumber(sale[3]) then return 'SALE_NOT_OPEN' end
    local mine = redis.call('HMGET', buyersKey(line.saleId), 'h:' .. buyer, 'b:' .. buyer)
    local units = tonumber(mine[1] or 0) + tonumber(mine[2] or 0)
    if units + line.quantity > tonumber(sale[1]) then return 'BUYER_LIMIT_REACHED' end
  end
  local left, waiting = leftOf(line.pool)
  if not left then return 'NOT_LOADED' end
  if not isOffer then left = left - waiting end
  if left < line.quantity then return 'SOLD_OUT' end
  return nil
end

-- Without a sale's limit nothing else keeps one buyer from holding all there is.
local function exceedsCart()
  local cart = redis.call('SMEMBERS', cartKey(buyer))
  if #cart >= tonumber(ARGV[10]) then return true end
  local units = {}
  local function add(items)
    for _, line in ipairs(items) do
      if line.saleId == '' then units[line.pool] = (units[line.pool] or 0) + line.quantity end
    end
  end
  for _, id in ipairs(cart) do
    local kept = redis.call('HGET', holdKey(id), 'lines')
    if kept then add(cjson.decode(kept)) end
  end
  add(lines)
  for _, line in ipairs(lines) do
    if line.saleId == '' and units[line.pool] > tonumber(ARGV[11]) then return true end
  end
  return false
end

expireDue(50)
local taken = redis.call('HGET', holdKey(holdId), 'expiresAt')
if taken then return answer('OK', { expiresAt = tonumber(taken) }) end
for _, line in ipairs(lines) do
  local code = refusal(line)
  if code then return answer(code) end
end
if ARGV[10] and not isOffer and exceedsCart() then return answer('HOLD_LIMIT_REACHED') end

local expiresAt = now + tonumber(ARGV[8])
for _, line in ipairs(lines) do
  redis.call('HINCRBY', pools, line.pool .. '|held', line.quantity)
  if line.saleId ~= '' then redis.call('HINCRBY', buyersKey(line.saleId), 'h:' .. buyer, line.quantity) end
  if isOffer then subtract(pools, line.pool .. '|waiting', 1) end
  touched[line.pool] = true
end
redis.call('HSET', holdKey(holdId), 'status', 'active', 'buyer', buyer, 'showId', ARGV[5], 'lines', ARGV[6],
  'view', ARGV[7], 'expiresAt', expiresAt)
redis.call('ZADD', prefix .. 'holds', expiresAt, holdId)
redis.call('SADD', cartKey(buyer), holdId)
return answer('OK', { expiresAt = expiresAt })
