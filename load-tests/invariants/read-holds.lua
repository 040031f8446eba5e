-- All holds of a merchant that are not over, with the counts that they make up, at one moment.
-- KEYS[1] <prefix>pools: hash with <pool>|held
-- ARGV[1] <prefix>
-- Output: JSON { now, held: { pool: units }, holds: [{ id, list: holds | claims, dueAt, status, lines }] }

local prefix = ARGV[1]
local time = redis.call('TIME')
local held = {}
local counts = redis.call('HGETALL', KEYS[1])
for index = 1, #counts, 2 do
  local pool = string.match(counts[index], '^(.*)|held$')
  if pool then held[pool] = tonumber(counts[index + 1]) end
end

local holds = {}
for _, list in ipairs({ 'holds', 'claims' }) do
  local members = redis.call('ZRANGE', prefix .. list, 0, -1, 'WITHSCORES')
  for index = 1, #members, 2 do
    local hold = redis.call('HMGET', prefix .. 'hold:' .. members[index], 'status', 'lines')
    holds[#holds + 1] = {
      id = members[index],
      list = list,
      dueAt = tonumber(members[index + 1]),
      status = hold[1] or 'missing',
      lines = cjson.decode(hold[2] or '[]'),
    }
  end
end

return cjson.encode({ now = tonumber(time[1]) * 1000 + math.floor(time[2] / 1000), held = held, holds = holds })
