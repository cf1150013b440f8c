package dev.keizoku.corpus.read.pdf;

import java.util.ArrayList;
import java.util.List;

/** The lines of a page, in the order in which they are read. */
final class PageText {
  /** Fewer characters side by side in a page of lines that run downwards are one of its places. */
  private static final int SHORTEST_LINE = 4;

  private static final int LEAST_SIGNS = 10;
  private static final float SAME = 0.2f;
  private static final float NARROW = 0.75f;
  private static final float WIDEST_PLACE = 1.4f;

  private PageText() {}

  /**
   * Reads a page.
   *
   * @param directions its glyphs as they are painted, a list for each direction of writing
   * @param keepRuby whether readings stay, in brackets behind their words
   */
  static List<PageLine> lines(List<List<Glyph>> directions, boolean keepRuby) {
    var lines = new ArrayList<PageLine>();
    for (var glyphs : directions) {
      if (runsDownwards(glyphs)) {
        lines.addAll(downwards(glyphs, keepRuby));
      } else {
        lines.addAll(across(glyphs, keepRuby));
      }
    }
    return lines;
  }

  private static List<PageLine> across(List<Glyph> glyphs, boolean keepRuby) {
    return ReadingOrder.of(Readings.resolve(Segments.of(glyphs), keepRuby));
  }

  /** Whether more glyphs follow below the one before than beside it. */
  private static boolean runsDownwards(List<Glyph> glyphs) {
    int beside = 0;
    int below = 0;
    for (int i = 1; i < glyphs.size(); i++) {
      var before = glyphs.get(i - 1);
      var glyph = glyphs.get(i);
      float down = (glyph.top() - before.top()) / before.size();
      float along = (glyph.left() - before.left()) / before.size();
      beside += Math.abs(down) < SAME && along > SAME && along < 2 ? 1 : 0;
      below += Math.abs(along) < SAME && down > 2 * SAME && down < 2 ? 1 : 0;
    }
    return below >= LEAST_SIGNS && below > beside;
  }

  private static List<PageLine> downwards(List<Glyph> glyphs, boolean keepRuby) {
    var main = new ArrayList<Glyph>();
    var beside = new ArrayList<Glyph>();
    for (int i = 0; i < glyphs.size(); ) {
      int end = endOfLine(glyphs, i);
      var run = glyphs.subList(i, end);
      if (end - i > 1 && isOnePlace(run)) {
        main.add(asOne(run));
      } else {
        (end - i < SHORTEST_LINE ? main : beside).addAll(run);
      }
      i = end;
    }
    beside.addAll(outside(main));
    double middle = main.stream().mapToDouble(Glyph::top).average().orElse(0);
    var lines =
        new ArrayList<>(across(beside.stream().filter(g -> g.top() < middle).toList(), keepRuby));
    lines.addAll(across(main.stream().map(Glyph::turned).toList(), keepRuby));
    lines.addAll(across(beside.stream().filter(g -> g.top() >= middle).toList(), keepRuby));
    return lines;
  }

  /** Takes out what is alone above or below all lines: the page's number. */
  private static List<Glyph> outside(List<Glyph> main) {
    var alone = new ArrayList<Glyph>();
    float top = Float.MAX_VALUE;
    float bottom = -Float.MAX_VALUE;
    for (int i = 0; i < main.size(); i++) {
      var glyph = main.get(i);
      boolean inLine =
          i > 0 && follows(main.get(i - 1), glyph)
              || i + 1 < main.size() && follows(glyph, main.get(i + 1));
      if (inLine) {
        top = Math.min(top, glyph.top());
        bottom = Math.max(bottom, glyph.bottom());
      } else {
        alone.add(glyph);
      }
    }
    float first = top;
    float last = bottom;
    alone.removeIf(glyph -> glyph.bottom() > first && glyph.top() < last);
    main.removeAll(alone);
    return alone;
  }

  private static boolean follows(Glyph before, Glyph glyph) {
    float down = (glyph.top() - before.bottom()) / before.size();
    float aside = (glyph.middle() - before.middle()) / before.size();
    return down > -1 && down < 2 && Math.abs(aside) < 0.5;
  }

  /** Where the glyphs that are painted side by side from one on end. */
  private static int endOfLine(List<Glyph> glyphs, int start) {
    int end = start + 1;
    for (; end < glyphs.size(); end++) {
      var before = glyphs.get(end - 1);
      var glyph = glyphs.get(end);
      float gap = (glyph.left() - before.right()) / before.size();
      boolean beside = Math.abs(glyph.top() - before.top()) < SAME * before.size();
      if (!beside || gap < -SAME || gap > 1) {
        break;
      }
    }
    return end;
  }

  /** Two or three digits that stand where one character would. */
  private static boolean isOnePlace(List<Glyph> run) {
    var first = run.getFirst();
    return run.getLast().right() - first.left() <= WIDEST_PLACE * first.size()
        && run.stream().allMatch(glyph -> glyph.right() - glyph.left() < NARROW * glyph.size());
  }

  private static Glyph asOne(List<Glyph> run) {
    var text = new StringBuilder();
    run.forEach(glyph -> text.append(glyph.text()));
    var first = run.getFirst();
    return new Glyph(
        text.toString(),
        first.left(),
        run.getLast().right(),
        first.top(),
        first.bottom(),
        first.spaced());
  }
}
