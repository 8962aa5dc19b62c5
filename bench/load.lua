-- For wrk: one request after the other from a file of bodies (none: GET), every status checked, figures as one JSON line.
-- Arguments: the status that is right, then the file of bodies, one a line, and the number of the run.

local expected, bodies, at, taken = 200, {}, 0, nil
local origin = 0 -- each run has its own network; each request comes from another place in it
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  expected = tonumber(arguments[1])
  origin = tonumber(arguments[3] or "0")
  wrong = 0
  first_wrong = 0
  exhausted = 0
  if arguments[2] then
    for body in io.lines(arguments[2]) do
      table.insert(bodies, body)
    end
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  end
end

function request()
  if #bodies == 0 then
    taken = taken or wrk.format()
    return taken
  end
  at = at + 1
  if at > #bodies then -- a body sent twice would be another kind of request
    exhausted = 1
    at = 1
  end
  wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", origin, math.floor(at / 250) % 250, at % 250)
  return wrk.format(nil, nil, nil, bodies[at])
end

function response(status)
  if status ~= expected then
    wrong = wrong + 1
    first_wrong = status
  end
end

function done(summary, latency)
  local wrong, first_wrong, exhausted = 0, 0, 0
  for _, thread in ipairs(threads) do
    wrong = wrong + thread:get("wrong")
    first_wrong = math.max(first_wrong, thread:get("first_wrong"))
    exhausted = math.max(exhausted, thread:get("exhausted"))
  end
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "bytes": %d, "wrong": %d, "first_wrong": %d, "exhausted": %d, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.bytes, wrong, first_wrong, exhausted, errors.connect + errors.read + errors.write + errors.timeout
  ))
end
