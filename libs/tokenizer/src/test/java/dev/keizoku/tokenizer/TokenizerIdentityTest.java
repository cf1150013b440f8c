package dev.keizoku.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerIdentityTest {
  private static ByteTokenizer file() {
    return new ByteTokenizer().merge("a", "b").merge("ab", "c").add(258, "<|endoftext|>", true);
  }

  private static String identity(Consumer<ByteTokenizer> change) {
    var file = file();
    change.accept(file);
    return TokenizerIdentity.sha256(file.root);
  }

  private static ObjectNode object(ByteTokenizer file, String name) {
    return (ObjectNode) file.root.get(name);
  }

  private static void metaspace(ByteTokenizer file, String field, Object value) {
    file.root.putObject("pre_tokenizer").put("type", "Metaspace").put("replacement", "\u2581");
    object(file, "pre_tokenizer").putPOJO(field, value);
  }

  static Stream<Consumer<ByteTokenizer>> spellings() {
    return Stream.of(
        file -> {
          file.merges.removeAll();
          file.merges.addArray().add("a").add("b");
          file.merges.addArray().add("ab").add("c");
        },
        file ->
            file.root
                .putObject("truncation")
                .put("max_length", 8)
                .put("strategy", "LongestFirst")
                .put("stride", 0),
        file -> file.root.putObject("padding").put("pad_id", 258),
        file -> file.root.putObject("post_processor").put("type", "ByteLevel"),
        file -> file.root.put("version", "2.0"),
        file -> object(file, "model").put("byte_fallback", false).putNull("dropout"),
        file -> object(file, "model").put("continuing_subword_prefix", "").remove("type"),
        file -> object(file, "pre_tokenizer").put("trim_offsets", false).remove("use_regex"),
        file -> file.root.remove("normalizer"),
        file -> {
          var sorted = file.vocabulary.deepCopy();
          file.vocabulary.removeAll();
          sorted.properties().stream()
              .sorted(Map.Entry.comparingByKey())
              .forEach(e -> file.vocabulary.set(e.getKey(), e.getValue()));
        });
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void anotherSpellingIsTheSameTokenizer(Consumer<ByteTokenizer> change) {
    assertThat(identity(change)).isEqualTo(identity(file -> {}));
  }

  static Stream<Consumer<ByteTokenizer>> changes() {
    return Stream.of(
        file -> file.merges.remove(1),
        file -> file.vocabulary.put("abc", 300),
        file -> file.vocabulary.put("x y", 259),
        file -> file.merges.insert(0, file.merges.remove(1)),
        file -> file.add(259, "<think>", false),
        file -> ((ObjectNode) file.added.get(0)).put("special", false),
        file -> ((ObjectNode) file.added.get(0)).put("lstrip", true),
        file -> file.root.putObject("normalizer").put("type", "NFKC"),
        file -> object(file, "pre_tokenizer").put("add_prefix_space", true),
        file -> object(file, "pre_tokenizer").put("use_regex", false),
        file -> object(file, "model").put("byte_fallback", true),
        file -> object(file, "model").put("ignore_merges", true));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatIdsDependOnMakesAnother(Consumer<ByteTokenizer> change) {
    assertThat(identity(change)).isNotEqualTo(identity(file -> {}));
  }

  static Stream<Object[]> metaspaces() {
    return Stream.of(
        new Object[] {"add_prefix_space", true, "prepend_scheme", "always", true},
        new Object[] {"add_prefix_space", false, "prepend_scheme", "never", true},
        new Object[] {"add_prefix_space", true, "prepend_scheme", "first", false},
        new Object[] {"prepend_scheme", "always", "split", true, true},
        new Object[] {"prepend_scheme", "always", "split", false, false});
  }

  @ParameterizedTest
  @MethodSource("metaspaces")
  void theOldWordsOfMetaspaceMeanTheNewOnes(
      String oldField, Object oldValue, String newField, Object newValue, boolean same) {
    var before = identity(file -> metaspace(file, oldField, oldValue));
    var after = identity(file -> metaspace(file, newField, newValue));
    assertThat(before.equals(after)).isEqualTo(same);
  }
}
