package dev.keizoku.eval.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.eval.Golden;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Draws after each other from one seed, as lm-eval draws the examples of its questions. */
class PythonRandomTest {

  @Test
  void samplesArePythons() {
    for (var golden : Golden.read("draws.json")) {
      var items = IntStream.range(0, golden.get("population").intValue()).boxed().toList();
      var random = new PythonRandom(1234);
      for (var drawn : golden.get("drawn")) {
        assertThat(random.sample(items, golden.get("size").intValue()))
            .as("%d of %d", drawn.size(), items.size())
            .isEqualTo(IntStream.of(Golden.ints(drawn)).boxed().toList());
      }
    }
  }
}
