-- Appends one entry to a show's timeline, once per dedupe key.
--
-- KEYS
--   [1] stream of the timeline
--   [2] epoch of the timeline
--   [3] dedupe key of this entry (not touched when ARGV[6] is 0)
-- ARGV
--   [1] type
--   [2] at, milliseconds
--   [3] audience
--   [4] data, JSON
--   [5] epoch to begin with when there is none; empty: append only to a timeline that has begun
--   [6] seconds for which the dedupe key is kept, 0 for no dedupe
-- Output
--   { id, epoch, duplicate }: duplicate is 1 when the entry had been appended before, and id is that entry's then.
--   An empty list when the timeline has not begun and may not begin here.

local epoch = redis.call('GET', KEYS[2])
if not epoch then
  if ARGV[5] == '' then
    return {}
  end
  epoch = ARGV[5]
  redis.call('SET', KEYS[2], epoch)
end

local keepSeconds = tonumber(ARGV[6])
if keepSeconds > 0 then
  local earlier = redis.call('GET', KEYS[3])
  if earlier then
    return { earlier, epoch, 1 }
  end
end

local id = redis.call('XADD', KEYS[1], '*', 'type', ARGV[1], 'at', ARGV[2], 'audience', ARGV[3], 'data', ARGV[4])
if keepSeconds > 0 then
  redis.call('SET', KEYS[3], id, 'EX', keepSeconds)
end
return { id, epoch, 0 }
