-- Somebody waits no longer; or PostgreSQL says how many wait. More is believed at once. Fewer is believed when nothing
-- has moved since it was said before: somebody may be in the middle of joining. So the number is too high for a moment at
-- worst, and nobody comes before those who wait.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] sale id
-- ARGV[4] `less`, or `count`
-- ARGV[5] how many fewer wait, or how many wait
-- Output: JSON { code: OK, now, left? }

local sale, number = ARGV[3], tonumber(ARGV[5])
local waitingField, seenField = sale .. '|waiting', sale .. '|waitingSeen'

local function believe()
  local waiting = tonumber(redis.call('HGET', pools, waitingField) or 0)
  local seen = waiting .. ' but ' .. number
  if number < waiting and redis.call('HGET', pools, seenField) ~= seen then
    redis.call('HSET', pools, seenField, seen)
    return
  end
  redis.call('HDEL', pools, seenField)
  if number == waiting then return end
  redis.call('HSET', pools, waitingField, number)
  touched[sale] = true
end

if ARGV[4] == 'less' then
  subtract(pools, waitingField, number)
  touched[sale] = true
else
  believe()
end
return answer('OK')
