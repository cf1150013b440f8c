package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class AtOnceTest {
  @Test
  void answersComeInOrderAndOutOfMemoryIsToldAsSuch() {
    assertThat(AtOnce.all(List.<Callable<Integer>>of(() -> 1, () -> 2))).containsExactly(1, 2);
    Callable<Integer> full =
        () -> {
          throw new OutOfMemoryError("Java heap space");
        };
    assertThatThrownBy(() -> AtOnce.all(List.of(() -> 1, full)))
        .isInstanceOf(OutOfMemoryError.class);
  }
}
