package dev.keizoku.testing.circle.below;

import dev.keizoku.testing.circle.Root;

/** Leans back on the root. */
public record Room(Root.Setting setting) {}
