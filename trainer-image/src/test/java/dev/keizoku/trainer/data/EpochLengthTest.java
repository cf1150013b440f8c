package dev.keizoku.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochLengthTest {

  private static EpochLength.Size corpus(String name, long tokens, Double weight) {
    return new SequencePacking(8, SequencePacking.Style.WRAPPED)
        .size(name, tokens, () -> null, weight);
  }

  @Test
  void withoutWeightsEverySequenceComesOnce() {
    // 49 / (49 / 50) is a little less than 50, and the last step would be lost.
    for (long first = 1; first < 60; first++) {
      for (long second = 1; second < 60; second++) {
        var length =
            EpochLength.of(
                List.of(corpus("a", first * 8 + 7, null), corpus("b", second * 8, null)), 8);
        assertThat(length.steps(1)).isEqualTo(first + second);
      }
    }
  }

  @Test
  void withWeightsItIsOnePassOverTheFirst() {
    var length = EpochLength.of(List.of(corpus("a", 800, 3.0), corpus("b", 80, 1.0)), 8);
    assertThat(length.weights()).containsExactly(3, 1);
    assertThat(length.steps(4)).isEqualTo(100 * 4 / 3.0 / 4);
  }

  @Test
  void everyCorpusIsSeenAsOftenAsItsShareAllows() {
    var byTokens = EpochLength.of(List.of(corpus("a", 800, null), corpus("b", 80, null)), 8);
    assertThat(byTokens.passes(220)).isEqualTo(Map.of("a", 2.0, "b", 2.0));
    var weighted = EpochLength.of(List.of(corpus("a", 800, 3.0), corpus("b", 80, 1.0)), 8);
    assertThat(weighted.passes(200)).isEqualTo(Map.of("a", 1.5, "b", 5.0));
  }

  @Test
  void aCorpusWithoutASequenceIsTold() {
    assertThatThrownBy(() -> EpochLength.of(List.of(corpus("laws", 7, null)), 8))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.reason()).isEqualTo(Reason.CORPUS_TOO_SMALL))
        .hasMessageContaining("The corpus laws has 7 tokens, less than one sequence of 8");
  }
}
