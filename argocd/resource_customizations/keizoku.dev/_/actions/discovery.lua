-- What can be asked of a resource. All of it goes by annotations, which no manifest in Git sets, so
-- that self-heal does not take it back.
local annotations = obj.metadata.annotations or {}
local phase = obj.status ~= nil and obj.status.phase or nil
local held = annotations["keizoku.dev/suspend"] == "true"
local actions = {}
actions["suspend"] = { ["disabled"] = held or phase == "Succeeded" or phase == "Failed" }
actions["resume"] = { ["disabled"] = not held }
actions["checkpoint"] = { ["disabled"] = obj.kind ~= "ContinualPretrain" or phase ~= "Running" }
actions["retry"] = { ["disabled"] = phase ~= "Failed" }
return actions
