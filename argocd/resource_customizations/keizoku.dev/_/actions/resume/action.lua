-- The run goes on from its newest checkpoint. Not nil: an emptied map would come back as it was.
if obj.metadata.annotations ~= nil then
  obj.metadata.annotations["keizoku.dev/suspend"] = "false"
end
return obj
