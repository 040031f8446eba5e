-- Gives a lease back that is still one's own.
--
-- KEYS
--   [1] the lease
-- ARGV
--   [1] token of the holder
-- Output
--   1 when it was given back, 0 when it has run out or is somebody else's

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
