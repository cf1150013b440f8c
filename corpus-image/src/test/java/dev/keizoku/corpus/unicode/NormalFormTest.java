package dev.keizoku.corpus.unicode;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalFormTest {
  private static final String MARKS =
      "\u3099\u309A\u0301\u0327\u1161\u11A8ﾞﾟ½㈱㎡①ｶ（％\u212B豈\uD842\uDFB7";

  private static Normalizer.Form form(NormalForm form) {
    return Normalizer.Form.valueOf(form.name());
  }

  @ParameterizedTest
  @EnumSource
  void aPlainCharacterIsWhatItIs(NormalForm form) {
    var plain = IntStream.range(0, 0x10000).filter(c -> form.isPlain((char) c)).toArray();
    assertThat(plain).hasSizeGreaterThan(21_000);
    for (int c : plain) {
      var text = Character.toString(c);
      assertThat(Normalizer.normalize(text, form(form))).isEqualTo(text);
    }
  }

  /** Every character behind every mark, before it and between. */
  @ParameterizedTest
  @EnumSource
  void aWholeTextIsTheSameAsTheJdkHasIt(NormalForm form) {
    var random = new Random(5);
    for (int c = 1; c < 0xFFFE; c++) {
      if (Character.isSurrogate((char) c)) {
        continue;
      }
      int mark = random.nextInt(MARKS.length() - 2);
      var text = "か" + (char) c + MARKS.charAt(mark) + (char) c + "\u3099" + (char) c + "が漢";
      assertThat(form.of(text)).isEqualTo(Normalizer.normalize(text, form(form)));
    }
    for (int round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        text.append(
            random.nextBoolean()
                ? MARKS.substring(random.nextInt(MARKS.length() - 2))
                : Character.toString(random.nextInt(0x3000, 0x3100)));
      }
      assertThat(form.of(text.toString()))
          .isEqualTo(Normalizer.normalize(text.toString(), form(form)));
    }
  }
}
