module keizoku.dev/dev/cluster/go/pause

go 1.25.0
