package main

import _ "github.com/argoproj/argo-cd/v2/util/lua"

func main() {}
