-- Lets nobody hold units of a sale while its end is written, and tells how many units are held. Whoever dies in between
-- leaves it shut for a while only; the counts of PostgreSQL close it for good.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] sale id
-- ARGV[4] for how many milliseconds; 0 opens it again (the end was not written)
-- Output: JSON { code: OK, now, held, left? }

local forMs = tonumber(ARGV[4])
if redis.call('HGET', saleKey(ARGV[3]), 'closed') == 'ended' then
  -- It stays so: another has written the end.
elseif forMs > 0 then
  redis.call('HSET', saleKey(ARGV[3]), 'closed', now + forMs)
else
  redis.call('HDEL', saleKey(ARGV[3]), 'closed')
end
touched[ARGV[3]] = true
return answer('OK', { held = tonumber(redis.call('HGET', pools, ARGV[3] .. '|held') or 0) })
