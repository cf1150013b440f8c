package dev.keizoku.contract.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.eval.GateVerdict;
import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;

class PhrasesTest {
  private final Phrases english = Phrases.of(GateVerdict.PHRASES, Language.EN);
  private final Phrases japanese = Phrases.of(GateVerdict.PHRASES, Language.JA);

  @Test
  void aLanguageIsThatOfItsFileWhateverTheMachineSpeaks() {
    assertThat(english.say("same", "tuned")).startsWith("tuned scores as the base model");
    assertThat(japanese.say("same", "tuned")).startsWith("tuned はすべての問題で");
    assertThat(japanese.language().tag()).isEqualTo("ja");
  }

  @Test
  void whatIsMissingOrTooMuchIsAFault() {
    assertThatThrownBy(() -> japanese.say("nothing")).isInstanceOf(MissingResourceException.class);
    assertThatThrownBy(() -> japanese.say("same", "one", "two"))
        .hasMessage("same in ja tells of 1 values, not of 2");
  }
}
