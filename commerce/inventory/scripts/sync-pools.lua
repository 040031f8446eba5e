-- Writes the counts of PostgreSQL; older ones never replace newer ones, so any order of calls ends in the same state.
-- KEYS[1], ARGV[1], ARGV[2]: see hold-lib.lua
-- ARGV[3] JSON: sync, as in finish-claim.lua
-- Output: JSON { code: OK, now, left? }

applySync(cjson.decode(ARGV[3]))
return answer('OK')
