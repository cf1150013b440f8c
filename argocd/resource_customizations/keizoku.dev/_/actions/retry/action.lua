-- Another value than before tries a failed run again.
local os = require("os")
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["keizoku.dev/retry"] = os.date("!%Y-%m-%dT%XZ")
return obj
