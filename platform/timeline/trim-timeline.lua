-- Removes the oldest entries of a show's stream that nobody needs from there any more.
--
-- KEYS
--   [1] stream of the timeline
--   [2] epoch of the timeline
--   [3] snapshot of the show
--   [4] mark of what was trimmed
-- ARGV
--   [1] epoch that the caller means
--   [2] newest id that may go: it is in the archive, and old enough
--   [3] how many entries stay at least
--   [4] how many entries go at most
-- Output
--   how many entries were removed; 0 as well when the timeline is of another epoch, or its snapshot does not reach so far

if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
local snapshot = redis.call('HMGET', KEYS[3], 'epoch', 'upTo')
local spare = math.min(redis.call('XLEN', KEYS[1]) - tonumber(ARGV[3]), tonumber(ARGV[4]))
if spare <= 0 or snapshot[1] ~= ARGV[1] then
  return 0
end

-- Numbers below 2^53: these hold them exactly.
local function parts(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local last = ARGV[2]
local lastMs, lastSeq = parts(last)
local foldedMs, foldedSeq = parts(snapshot[2])
if foldedMs < lastMs or (foldedMs == lastMs and foldedSeq < lastSeq) then
  last = snapshot[2]
end
local oldest = redis.call('XRANGE', KEYS[1], '-', last, 'COUNT', spare)
if #oldest == 0 then
  return 0
end
local upTo = oldest[#oldest][1]
local ms, seq = parts(upTo)
redis.call('SET', KEYS[4], ARGV[1] .. '/' .. upTo)
return redis.call('XTRIM', KEYS[1], 'MINID', '=', string.format('%.0f-%.0f', ms, seq + 1))
