-- Appends one entry to a show's timeline, once per dedupe key, no faster than a pace, and as an echo where the same
-- was said before.
--
-- KEYS
--   [1] stream of the timeline
--   [2] epoch of the timeline
--   [3] dedupe key of this entry (not touched when ARGV[6] is 0)
--   [4] pace: when something was appended at this pace last, milliseconds of Redis time (not touched when ARGV[8] is 0)
--   [5 ...] echoes: name of what was said first; none for entries that know no echo
-- ARGV
--   [1] type
--   [2] at, milliseconds
--   [3] audience
--   [4] data, JSON
--   [5] epoch to begin with when there is none; empty: append only to a timeline that has begun
--   [6] seconds for which the dedupe key is kept, 0 for no dedupe
--   [7] note that is kept with the dedupe key, one line
--   [8] milliseconds that lie between two appends of the same pace, 0 for no pace
--   With echoes only:
--   [9] name of this entry, which later echoes get
--   [10], [11], [12] type, audience and data (a JSON object) of the entry to append in its place when an echo is known
--   [13] field of that data which gets the name of what was said first
--   [14 ...] milliseconds for which each echo is known
-- Output
--   { id, epoch, outcome, note, first }
--   outcome 0: appended; first is the name of what was said first when an echo was appended, else empty.
--   outcome 1: the dedupe key was used before; id, note and first are of that entry.
--   outcome 2: too soon; nothing was appended, and id is the milliseconds to wait.
--   An empty list when the timeline has not begun and may not begin here.

local epoch = redis.call('GET', KEYS[2])
if not epoch and ARGV[5] == '' then
  return {}
end

local keepSeconds = tonumber(ARGV[6])
if epoch and keepSeconds > 0 then
  local earlier = redis.call('GET', KEYS[3])
  if earlier then
    local id, note, first = string.match(earlier, '^([^\n]*)\n?([^\n]*)\n?(.*)$')
    return { id, epoch, 1, note, first }
  end
end

local paceMs = tonumber(ARGV[8])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if paceMs > 0 then
  local waitMs = tonumber(redis.call('GET', KEYS[4]) or '0') + paceMs - now
  if waitMs > 0 then
    return { tostring(math.min(waitMs, paceMs)), epoch or '', 2, '', '' }
  end
end

if not epoch then
  epoch = ARGV[5]
  redis.call('SET', KEYS[2], epoch)
end

local first = ''
for index = 5, #KEYS do
  if first == '' then
    first = redis.call('GET', KEYS[index]) or ''
  end
end

local type, audience, data = ARGV[1], ARGV[3], ARGV[4]
if first ~= '' then
  local echo = cjson.decode(ARGV[12])
  echo[ARGV[13]] = first
  type, audience, data = ARGV[10], ARGV[11], cjson.encode(echo)
end
local id = redis.call('XADD', KEYS[1], '*', 'type', type, 'at', ARGV[2], 'audience', audience, 'data', data)

for index = 5, #KEYS do
  local name = first ~= '' and first or ARGV[9]
  redis.call('SET', KEYS[index], name, 'PX', ARGV[index + 9], 'NX')
end
if paceMs > 0 then
  redis.call('SET', KEYS[4], string.format('%d', now), 'PX', paceMs)
end
if keepSeconds > 0 then
  local kept = id
  if ARGV[7] ~= '' or first ~= '' then
    kept = id .. '\n' .. ARGV[7] .. '\n' .. first
  end
  redis.call('SET', KEYS[3], kept, 'EX', keepSeconds)
end
return { id, epoch, 0, ARGV[7], first }
