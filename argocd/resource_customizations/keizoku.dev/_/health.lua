-- Health of a resource of Keizoku, from its conditions (kstatus).
local hs = { status = "Progressing", message = "Waits for the operator." }
local status = obj.status
if status == nil or status.observedGeneration == nil then
  return hs
end
if status.message ~= nil then
  hs.message = status.message
end
if status.observedGeneration ~= obj.metadata.generation then
  hs.message = "The operator has not seen the newest spec yet."
  return hs
end
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition.status
end
if conditions["Ready"] == "True" then
  hs.status = "Healthy"
elseif conditions["Stalled"] == "True" or status.phase == "Failed" or status.phase == "Succeeded" then
  hs.status = "Degraded"
elseif conditions["Suspended"] == "True" then
  hs.status = "Suspended"
end
return hs
