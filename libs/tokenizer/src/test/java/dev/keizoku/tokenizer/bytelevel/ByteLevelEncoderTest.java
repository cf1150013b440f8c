package dev.keizoku.tokenizer.bytelevel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the library. */
class ByteLevelEncoderTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final String QWEN = "parity/qwen2.json";
  private static final String[] PARTS = {
    "株式会社",
    "の",
    "売上高は",
    "、",
    "。",
    "　",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "1",
    "2,345",
    "△",
    "①",
    "Net income",
    "IFRS第15号",
    "don't",
    "WE'LL",
    "'s",
    "ータ",
    "ー",
    "ﾃﾞｰﾀ",
    "㈱",
    "%",
    "----",
    "!?",
    "é",
    "Ω",
    "| "
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../../../examples/quickstart/tokenizer/tokenizer.json",
        "hf/tokenizer.json",
        QWEN,
        "parity/llama3.json"
      })
  void givesTheIdsOfTheLibraryForEveryCharacterAndAnyNeighbours(String file) throws IOException {
    var quick = encoder(file, root -> {}).orElseThrow();
    try (var library =
        HuggingFaceTokenizer.newInstance(
            GOLDEN.resolve(file), Map.of("truncation", "false", "padding", "false"))) {
      IntStream.range(0, 1 << 16)
          .mapToObj(c -> Character.toString(c))
          .filter(PieceCut::isKnown)
          .map(c -> "a" + c + "あ" + c + "漢" + c + c + " " + c + "1" + c + "ア" + c + "\n" + c)
          .forEach(text -> assertSame(quick, ids(library, text), text));
      var random = new Random(7);
      for (int i = 0; i < 3_000; i++) {
        var text = new StringBuilder();
        random.ints(1 + random.nextInt(30), 0, PARTS.length).forEach(p -> text.append(PARTS[p]));
        assertSame(quick, ids(library, text.toString()), text.toString());
      }
    }
  }

  private static int[] ids(HuggingFaceTokenizer library, String text) {
    return Arrays.stream(library.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  private static void assertSame(ByteLevelEncoder quick, int[] expected, String text) {
    assertThat(quick.encode(text)).as(text).get().isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"か\u3099", "𠮷", "\u0000", "\u200b", "\uFFFD", "\u212b"})
  void leavesCharactersToTheLibraryOfWhichItMayKnowMore(String text) throws IOException {
    assertThat(encoder(QWEN, root -> {}).orElseThrow().encode("前" + text + "後")).isEmpty();
  }

  @Test
  void leavesNamesAndLongPiecesToTheLibrary() throws IOException {
    var quick =
        encoder(
                QWEN,
                root -> root.withArray("added_tokens").addObject().put("content", "<tool_call>"))
            .orElseThrow();
    assertThat(quick.encode("使う<tool_call>")).isEmpty();
    assertThat(quick.encode("使う<tool_cal")).isPresent();
    assertThat(quick.encode("あ".repeat(256))).isPresent();
    assertThat(quick.encode("あ".repeat(257))).isEmpty();
  }

  @Test
  void leavesTokenizersToTheLibraryThatWorkInAnotherWay() throws IOException {
    assertThat(encoder("parity/llama2.json", root -> {})).isEmpty();
    assertThat(encoder("parity/unigram.json", root -> {})).isEmpty();
    for (var pattern :
        new String[] {"\\p{L}{1,3}+|.", "[a&&[^b]]+", "(?<=a)b", "\\p{Greek}+", "a*"}) {
      assertThat(encoder(QWEN, root -> split(root).putObject("pattern").put("Regex", pattern)))
          .as(pattern)
          .isEmpty();
    }
    assertThat(encoder(QWEN, root -> split(root).put("behavior", "Removed"))).isEmpty();
    assertThat(encoder(QWEN, root -> root.putObject("normalizer").put("type", "NFKC"))).isEmpty();
    assertThat(encoder(QWEN, root -> model(root).put("dropout", 0.1))).isEmpty();
    assertThat(encoder(QWEN, root -> ((ObjectNode) model(root).get("vocab")).remove("a")))
        .isEmpty();
  }

  private static ObjectNode model(ObjectNode root) {
    return (ObjectNode) root.get("model");
  }

  private static ObjectNode split(ObjectNode root) {
    return (ObjectNode) root.at("/pre_tokenizer/pretokenizers/0");
  }

  private static Optional<ByteLevelEncoder> encoder(String file, Consumer<ObjectNode> change)
      throws IOException {
    var root = (ObjectNode) new ObjectMapper().readTree(GOLDEN.resolve(file).toFile());
    change.accept(root);
    return ByteLevelEncoder.of(root);
  }
}
