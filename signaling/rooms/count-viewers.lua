-- Reports the viewers of one hub node, and sums those of all nodes that reported lately.
--
-- KEYS
--   [1] viewers: hash, node id -> "count:expiresAtMs"
--   [2] levels of the show: hash with the field "viewers"
--   [3] the most viewers at one moment
-- ARGV
--   [1] node id
--   [2] viewers of this node now
--   [3] milliseconds for which the report counts
--   [4] channel of the show's levels
-- Output
--   viewers of all nodes. When they have changed, the level is written and published.

local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)

if tonumber(ARGV[2]) > 0 then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ':' .. string.format('%.0f', nowMs + ARGV[3]))
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end

local total = 0
local reports = redis.call('HGETALL', KEYS[1])
for index = 1, #reports, 2 do
  local count, expiresAtMs = string.match(reports[index + 1], '^(%d+):(%d+)$')
  if count and tonumber(expiresAtMs) > nowMs then
    total = total + tonumber(count)
  else
    redis.call('HDEL', KEYS[1], reports[index])
  end
end

if tonumber(redis.call('HGET', KEYS[2], 'viewers') or -1) ~= total then
  redis.call('HSET', KEYS[2], 'viewers', total)
  redis.call('PUBLISH', ARGV[4], '{"viewers":' .. total .. '}')
end
if total > tonumber(redis.call('GET', KEYS[3]) or 0) then
  redis.call('SET', KEYS[3], total)
end
return total
