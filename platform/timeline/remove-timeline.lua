-- Removes a show's timeline from Redis, once all of it is in the archive.
--
-- KEYS
--   [1] stream of the timeline
--   [2] epoch of the timeline
--   [3...] what goes with it
-- ARGV
--   [1] epoch that the caller has archived
--   [2] id of the newest entry that is in the archive
-- Output
--   1 when it was removed; 0 when it has an entry that is not in the archive, or is of another epoch

if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
if #redis.call('XRANGE', KEYS[1], '(' .. ARGV[2], '+', 'COUNT', 1) > 0 then
  return 0
end
redis.call('DEL', unpack(KEYS))
return 1
