-- Removes the oldest entries of a show's stream that nobody needs from there any more.
--
-- KEYS
--   [1] stream of the timeline
--   [2] epoch of the timeline
--   [3] snapshot of the show
--   [4] mark of what was trimmed
-- ARGV
--   [1] epoch that the caller means
--   [2] newest id that may go, milliseconds: it is in the archive, and old enough
--   [3] newest id that may go, sequence number
--   [4] how many entries stay at least
--   [5] how many entries go at most
-- Output
--   how many entries were removed; 0 as well when the timeline is of another epoch, or its snapshot does not reach so far

if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
local spare = math.min(redis.call('XLEN', KEYS[1]) - tonumber(ARGV[4]), tonumber(ARGV[5]))
local last = ARGV[2] .. '-' .. ARGV[3]
-- The cheap looks first: mostly there is nothing to do.
if spare <= 0 or #redis.call('XRANGE', KEYS[1], '-', last, 'COUNT', 1) == 0 then
  return 0
end

local text = redis.call('GET', KEYS[3])
local snapshot = text and cjson.decode(text)
if not snapshot or snapshot.epoch ~= ARGV[1] then
  return 0
end

local function parts(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

-- Numbers below 2^53: these hold them exactly.
local lastMs, lastSeq = parts(last)
local foldedMs, foldedSeq = parts(snapshot.state.lastId)
if foldedMs < lastMs or (foldedMs == lastMs and foldedSeq < lastSeq) then
  last = snapshot.state.lastId
end
local oldest = redis.call('XRANGE', KEYS[1], '-', last, 'COUNT', spare)
if #oldest == 0 then
  return 0
end
local upTo = oldest[#oldest][1]
local ms, seq = parts(upTo)
redis.call('SET', KEYS[4], ARGV[1] .. '/' .. upTo)
return redis.call('XTRIM', KEYS[1], 'MINID', '=', string.format('%.0f-%.0f', ms, seq + 1))
