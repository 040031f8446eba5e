-- Begins a show's timeline with its first entries, all or none; does nothing when it has begun.
--
-- KEYS
--   [1] stream of the timeline
--   [2] epoch of the timeline
-- ARGV
--   [1] epoch
--   [2...] of each entry: type, at (milliseconds), audience, data (JSON)
-- Output
--   1 when it began here, else 0

if redis.call('EXISTS', KEYS[2]) == 1 then
  return 0
end
redis.call('SET', KEYS[2], ARGV[1])
for index = 2, #ARGV, 4 do
  redis.call('XADD', KEYS[1], '*', 'type', ARGV[index], 'at', ARGV[index + 1], 'audience', ARGV[index + 2],
    'data', ARGV[index + 3])
end
return 1
