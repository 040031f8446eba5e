-- Says how a claim went, together with the counts that PostgreSQL has now.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] outcome: claimed | released | active (nothing happened: the hold goes on)
-- ARGV[4] JSON: sync { pools: [{ id, supply, version }], sales: [{ id, version, limit, startsAt, endsAt,
--   closed, buyers, waiting? }] }
-- ARGV[5...] hold ids
-- Output: JSON { code: OK, now, left? }

for index = 5, #ARGV do
  local id = ARGV[index]
  local status = redis.call('HGET', holdKey(id), 'status')
  -- A claim that PostgreSQL has written counts, also when another try has meanwhile let the hold go on.
  if status == 'claiming' or (status == 'active' and ARGV[3] == 'claimed') then
    if ARGV[3] == 'active' then
      local expiresAt = tonumber(redis.call('HGET', holdKey(id), 'expiresAt'))
      redis.call('HSET', holdKey(id), 'status', 'active')
      redis.call('ZREM', prefix .. 'claims', id)
      redis.call('ZADD', prefix .. 'holds', expiresAt, id)
    else
      endHold(id, ARGV[3])
    end
  end
end
applySync(cjson.decode(ARGV[4]))
return answer('OK')
