-- The gateway asked for a pause: nothing goes out, and no slot is given away, before it is over.
-- KEYS[1] next, KEYS[2] due (see the other scripts)   ARGV[1] now, milliseconds   ARGV[2] pause, milliseconds
-- Output: 1.

local resume = tonumber(ARGV[1]) + tonumber(ARGV[2])
for _, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') < resume then
    redis.call('SET', key, string.format('%.3f', resume), 'PX', tonumber(ARGV[2]) + 60000)
  end
end
return 1
