-- Keeps a snapshot of a show, unless its timeline is of another epoch.
--
-- KEYS
--   [1] epoch of the timeline
--   [2] snapshot of the show
-- ARGV
--   [1] epoch of the snapshot
--   [2] snapshot, JSON
-- Output
--   1 when it was kept, else 0

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[2], ARGV[2])
return 1
