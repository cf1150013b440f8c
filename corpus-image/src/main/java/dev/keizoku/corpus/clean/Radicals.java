package dev.keizoku.corpus.clean;

import java.text.Normalizer;
import java.util.Map;

/**
 * The ideographs that look like radicals: PDF fonts often map 金 to the radical ⾦ and 長 to ⻑.
 *
 * <p>Source: Unicode EquivalentUnifiedIdeograph.txt.
 */
final class Radicals {
  /** NFKC knows the Kangxi radicals (U+2F00 on) but not the supplement (U+2E80 to U+2EFF). */
  private static final Map<Character, Character> SUPPLEMENT =
      Map.ofEntries(
          Map.entry('⺟', '母'),
          Map.entry('⺠', '民'),
          Map.entry('⺩', '王'),
          Map.entry('⺪', '疋'),
          Map.entry('⺫', '目'),
          Map.entry('⺬', '示'),
          Map.entry('⺮', '竹'),
          Map.entry('⺯', '糸'),
          Map.entry('⺶', '羊'),
          Map.entry('⺻', '聿'),
          Map.entry('⺼', '肉'),
          Map.entry('⺽', '臼'),
          Map.entry('⻁', '虎'),
          Map.entry('⻂', '衣'),
          Map.entry('⻃', '覀'),
          Map.entry('⻄', '西'),
          Map.entry('⻆', '角'),
          Map.entry('⻑', '長'),
          Map.entry('⻘', '青'),
          Map.entry('⻝', '食'),
          Map.entry('⻞', '食'),
          Map.entry('⻟', '食'),
          Map.entry('⻤', '鬼'),
          Map.entry('⻨', '麦'),
          Map.entry('⻩', '黄'),
          Map.entry('⻫', '斉'),
          Map.entry('⻭', '歯'),
          Map.entry('⻯', '竜'),
          Map.entry('⻲', '亀'));

  private Radicals() {}

  static String ideograph(int radical) {
    var other = SUPPLEMENT.get((char) radical);
    return other != null
        ? other.toString()
        : Normalizer.normalize(Character.toString(radical), Normalizer.Form.NFKC);
  }
}
