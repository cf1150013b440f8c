-- The run goes on from its newest checkpoint.
if obj.metadata.annotations ~= nil then
  obj.metadata.annotations["keizoku.dev/suspend"] = nil
end
return obj
