package dev.keizoku.testing.circle;

import dev.keizoku.testing.circle.below.Room;

/** Wires a room that leans back on it. */
public record Root(Room room, Setting setting) {
  /** What the room needs. */
  public record Setting(String text) {}
}
