package dev.keizoku.corpus.read.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Ruby: the readings in small kana above a line. */
final class Readings {
  private static final double LARGEST = 0.65;
  private static final float FARTHEST = 0.8f;

  /** More are no page that anybody reads; each small one is compared with all. */
  private static final int MOST_SEGMENTS = 20_000;

  private static final Pattern KANA = Pattern.compile("[\\u3041-\\u3096\\u30a1-\\u30fc ]+");

  private Readings() {}

  /**
   * The segments without readings.
   *
   * @param keep whether a reading goes behind its word, in brackets
   */
  static List<Segment> resolve(List<Segment> segments, boolean keep) {
    if (segments.size() > MOST_SEGMENTS) {
      return segments;
    }
    var sizes = segments.stream().map(Segment::size).sorted().toList();
    var left = new ArrayList<Segment>();
    for (var segment : segments) {
      var word = isSmall(segment, sizes) ? below(segment, segments) : null;
      if (word == null) {
        left.add(segment);
      } else if (keep) {
        word.append(segment.right(), "（" + segment.text().replace(" ", "") + "）");
      }
    }
    return left;
  }

  private static boolean isSmall(Segment segment, List<Float> sizes) {
    // Half of all segments may be readings; the larger ones are the text.
    float usual = sizes.get(sizes.size() * 3 / 4);
    return segment.size() <= LARGEST * usual && KANA.matcher(segment.text()).matches();
  }

  /** The line that a reading stands on; null for small text by itself. */
  private static Segment below(Segment reading, List<Segment> segments) {
    for (var line : segments) {
      float gap = line.top() - reading.bottom();
      if (line.size() * LARGEST >= reading.size()
          && gap <= FARTHEST * reading.size()
          && gap >= -FARTHEST * reading.size()
          && line.left() <= reading.middle()
          && line.right() >= reading.middle()) {
        return line;
      }
    }
    return null;
  }
}
