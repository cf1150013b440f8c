-- The program saves its work and frees its pod.
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["keizoku.dev/suspend"] = "true"
return obj
