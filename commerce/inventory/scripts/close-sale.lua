-- Lets nobody hold units of a sale any more, and tells how many units are held.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] sale id
-- ARGV[4] 1 to close, 0 to open again (the end was not written)
-- Output: JSON { code: OK, now, held, left? }

if ARGV[4] == '1' then
  redis.call('HSET', saleKey(ARGV[3]), 'closed', '1')
else
  redis.call('HDEL', saleKey(ARGV[3]), 'closed')
end
touched[ARGV[3]] = true
return answer('OK', { held = tonumber(redis.call('HGET', pools, ARGV[3] .. '|held') or 0) })
