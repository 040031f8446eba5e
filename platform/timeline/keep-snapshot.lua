-- Keeps a snapshot of a show, unless its timeline is of another epoch, or a later snapshot is there.
--
-- KEYS
--   [1] epoch of the timeline
--   [2] snapshot of the show
-- ARGV
--   [1] epoch of the snapshot
--   [2] id of the newest entry in it
--   [3] state, JSON
-- Output
--   1 when it was kept, else 0

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end

local function parts(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local kept = redis.call('HMGET', KEYS[2], 'epoch', 'upTo')
if kept[1] == ARGV[1] then
  local keptMs, keptSeq = parts(kept[2])
  local ms, seq = parts(ARGV[2])
  if ms < keptMs or (ms == keptMs and seq < keptSeq) then
    return 0
  end
end
redis.call('HSET', KEYS[2], 'epoch', ARGV[1], 'upTo', ARGV[2], 'state', ARGV[3])
return 1
