package dev.keizoku.page.chart;

/** Style classes of curves, bars and marks; the stylesheet has their colours, light and dark. */
final class Palette {
  private static final int COLOURS = 8;
  private static final int DASHES = 4;

  private Palette() {}

  static String curve(int index) {
    return "c" + index % COLOURS;
  }

  static String mark(int index) {
    return "m" + index % DASHES;
  }
}
