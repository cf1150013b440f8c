package dev.keizoku.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.eval.GateVerdict;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.answer.TextStyle;
import dev.keizoku.eval.compare.Judgement;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both languages say the same, and no phrase is left that nobody says. */
class PhraseFilesTest {
  private static final String PAGE = "report/page";
  private static final Pattern VALUE = Pattern.compile("\\{(\\d)}");
  private static final Pattern JAPANESE =
      Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}、。]");

  @ParameterizedTest
  @ValueSource(strings = {PAGE, GateVerdict.PHRASES})
  void everyPhraseIsInBothLanguagesAndTellsOfTheSame(String name) throws IOException {
    var english = file(name, Language.EN);
    var japanese = file(name, Language.JA);
    assertThat(japanese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (var key : english.stringPropertyNames()) {
      var one = english.getProperty(key);
      var other = japanese.getProperty(key);
      assertThat(values(other)).as(key).isEqualTo(values(one));
      assertThat(one).as(key).isNotBlank().isNotEqualTo(other).doesNotContainPattern(JAPANESE);
      // One alone would vanish, and with it what stands between it and the next.
      assertThat((one + other).replace("''", "")).as(key).doesNotContain("'");
    }
  }

  @Test
  void allPhrasesAreSaidAndAllThatIsSaidIsThere() throws IOException {
    var said = new TreeSet<String>();
    said.addAll(found("eval-image/src/main/java/dev/keizoku/eval/report", "\"([a-zA-Z]{3,})\""));
    said.addAll(found("eval-image/src/main/resources/report", "msg:([a-zA-Z]+)"));
    said.addAll(of("judgement.", Judgement.values()));
    said.addAll(of("outcome.", GateVerdict.Outcome.values()));
    said.addAll(of("style.", TextStyle.values()));
    var phrases = Reading.words(Language.EN).keys();
    assertThat(said).containsAll(phrases);
    assertThat(phrases).containsAll(found("eval-image/src/main/resources/report", "msg:(\\w+)"));
    assertThat(phrases)
        .containsAll(
            found(
                "eval-image/src/main/java/dev/keizoku/eval/report",
                "\\bsay\\(\\s*\"([a-zA-Z]+)\""));
  }

  @Test
  void theGateSaysAllOfItsPhrases() throws IOException {
    var said = new TreeSet<String>();
    for (var place :
        Set.of(
            "libs/contract/src/main/java/dev/keizoku/contract/eval",
            "operator/src/main/java/dev/keizoku/operator/eval",
            "eval-image/src/main/java/dev/keizoku/eval/report")) {
      said.addAll(found(place, "\"([a-zA-Z]+)\""));
    }
    assertThat(said).containsAll(file(GateVerdict.PHRASES, Language.EN).stringPropertyNames());
  }

  private static Properties file(String name, Language language) throws IOException {
    var properties = new Properties();
    var path = "/" + name + "_" + language.tag() + ".properties";
    try (var in = PhraseFilesTest.class.getResourceAsStream(path)) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return properties;
  }

  private static Set<String> values(String phrase) {
    return VALUE.matcher(phrase).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static <E extends Enum<E>> Set<String> of(String prefix, E[] words) {
    return Arrays.stream(words).map(word -> prefix + word.name()).collect(Collectors.toSet());
  }

  /** The first group of every match in the files of a folder of the repository. */
  private static Set<String> found(String folder, String pattern) throws IOException {
    var sought = Pattern.compile(pattern);
    try (Stream<Path> files = Files.walk(Path.of("..").resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".properties"))
          .flatMap(file -> sought.matcher(text(file)).results().map(match -> match.group(1)))
          .collect(Collectors.toSet());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
