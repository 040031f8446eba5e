-- Shared head of the hold scripts; the loader puts it in front of each of them. All keys of a merchant share the
-- hash tag `{merchantId}`, so that a script finds them in one slot of a cluster:
--   <prefix>pools             hash    <pool>|supply, <pool>|version (from PostgreSQL), <pool>|held (by active holds);
--                                     a pool is a variant (ordinary price) or a sale; <sale>|waiting: how many units
--                                     are kept for buyers who wait, <sale>|waitingSeen: see wait-less.lua
--   <prefix>sale:<id>         hash    limit, startsAt, endsAt, version (of these facts), closed: `ended`, or the instant
--                                     until which its end may take to be written
--   <prefix>sale:<id>:buyers  hash    h:<buyer> units held, b:<buyer> units bought
--   <prefix>hold:<id>         hash    status, buyer, showId, lines, view, expiresAt, attempt
--   <prefix>buyer:<buyer>     set     holds of the buyer that have not ended: the cart
--   <prefix>holds             zset    active holds by the instant at which they expire
--   <prefix>claims            zset    holds that are being claimed, by the instant at which that is overdue
--   <prefix>untold            list    expired holds whose owners were not told yet
-- KEYS[1] <prefix>pools   ARGV[1] prefix   ARGV[2] how long an ended hold is kept, milliseconds

local pools = KEYS[1]
local prefix = ARGV[1]
local keepMs = tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local touched = {}

local function holdKey(id) return prefix .. 'hold:' .. id end
local function saleKey(id) return prefix .. 'sale:' .. id end
local function cartKey(buyer) return prefix .. 'buyer:' .. buyer end
local function buyersKey(id) return prefix .. 'sale:' .. id .. ':buyers' end

local function subtract(key, field, quantity)
  if redis.call('HINCRBY', key, field, -quantity) < 0 then redis.call('HSET', key, field, 0) end
end

local function isClosed(closed)
  return closed == 'ended' or (closed and now < tonumber(closed))
end

-- Units of a pool that nobody has, and how many of them are kept for buyers who wait; false when it is not loaded.
local function leftOf(pool)
  local counts = redis.call('HMGET', pools, pool .. '|supply', pool .. '|held', pool .. '|waiting')
  if not counts[1] then return false, 0 end
  return tonumber(counts[1]) - tonumber(counts[2] or 0), tonumber(counts[3] or 0)
end

-- Takes a hold's units off the held counts, and the hold out of its buyer's cart.
local function giveBack(id)
  local hold = redis.call('HMGET', holdKey(id), 'lines', 'buyer')
  for _, line in ipairs(cjson.decode(hold[1])) do
    subtract(pools, line.pool .. '|held', line.quantity)
    if line.saleId ~= '' then subtract(buyersKey(line.saleId), 'h:' .. hold[2], line.quantity) end
    touched[line.pool] = true
  end
  redis.call('SREM', cartKey(hold[2]), id)
end

-- Ends a hold for good: `claimed`, `released` or `expired`.
local function endHold(id, status)
  giveBack(id)
  redis.call('HSET', holdKey(id), 'status', status)
  redis.call('PEXPIRE', holdKey(id), keepMs)
  redis.call('ZREM', prefix .. 'holds', id)
  redis.call('ZREM', prefix .. 'claims', id)
end

local function expireHold(id)
  endHold(id, 'expired')
  redis.call('RPUSH', prefix .. 'untold', id)
end

-- Expires holds whose time is up, at most `limit` of them.
local function expireDue(limit)
  local due = redis.call('ZRANGEBYSCORE', prefix .. 'holds', '-inf', now, 'LIMIT', 0, limit)
  for _, id in ipairs(due) do
    if redis.call('EXISTS', holdKey(id)) == 1 then
      expireHold(id)
    else
      redis.call('ZREM', prefix .. 'holds', id)
    end
  end
end

-- Writes counts of PostgreSQL, unless newer ones are here already.
local function applySync(sync)
  for _, pool in ipairs(sync.pools) do
    local version = tonumber(redis.call('HGET', pools, pool.id .. '|version') or -1)
    if pool.version >= version then
      redis.call('HSET', pools, pool.id .. '|supply', pool.supply, pool.id .. '|version', pool.version)
      touched[pool.id] = true
    end
  end
  for _, sale in ipairs(sync.sales) do
    if sale.version >= tonumber(redis.call('HGET', saleKey(sale.id), 'version') or -1) then
      redis.call('HSET', saleKey(sale.id), 'limit', sale.limit, 'startsAt', sale.startsAt, 'endsAt', sale.endsAt,
        'version', sale.version)
    end
    -- Later on the scripts count themselves.
    if sale.waiting then redis.call('HSETNX', pools, sale.id .. '|waiting', sale.waiting) end
    if sale.closed then redis.call('HSET', saleKey(sale.id), 'closed', 'ended') end
    for buyer, units in pairs(sale.buyers) do redis.call('HSET', buyersKey(sale.id), 'b:' .. buyer, units) end
    -- Of a sale that ended long ago somebody may still ask.
    local keptUntil = math.max(sale.endsAt, now) + 86400000
    redis.call('PEXPIREAT', saleKey(sale.id), keptUntil)
    redis.call('PEXPIREAT', buyersKey(sale.id), keptUntil)
  end
end

-- The answer of every script: JSON with `code`, and of each pool that has changed the units left for everybody, and
-- `free`: those that can be offered to buyers who wait.
local function answer(code, fields)
  local left = {}
  for pool in pairs(touched) do
    local units, waiting = leftOf(pool)
    units = units or 0
    left[#left + 1] = { pool = pool, left = units - waiting, free = waiting > 0 and units > 0 and units or nil }
  end
  local body = fields or {}
  body.code = code
  body.now = now
  if #left > 0 then body.left = left end
  return cjson.encode(body)
end
