-- Renews a lease that is still one's own.
--
-- KEYS
--   [1] the lease
-- ARGV
--   [1] token of the holder
--   [2] how long it stands from now on, milliseconds
-- Output
--   1 when it was renewed, 0 when it has run out or is somebody else's

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
