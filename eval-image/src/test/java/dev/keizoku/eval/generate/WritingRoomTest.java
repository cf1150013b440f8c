package dev.keizoku.eval.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingRoomTest {

  /** All threads together never hold more than there is room for, but one text goes always. */
  @ParameterizedTest
  @CsvSource({
    // tokens, threads, a text's length, most; threads that write, texts each
    "1000000, 4, 500, 8192, 4, 16",
    "16000,   4, 500, 8192, 4, 8",
    "16000,   4, 500, 1000, 4, 2",
    "1100,    4, 500, 8192, 2, 1",
    "499,     4, 500, 8192, 1, 1",
    "0,       4, 500, 8192, 1, 1",
    "16000,   4, 500, 100,  4, 1",
  })
  void isNeverExceeded(long tokens, int threads, int length, int most, int writing, int texts) {
    var room = new WritingRoom(tokens, threads);
    assertThat(room.threads(length)).isEqualTo(writing);
    assertThat(room.lanes(length, most)).isEqualTo(texts);
    if (tokens >= length) {
      assertThat((long) room.threads(length) * room.lanes(length, most) * length)
          .isLessThanOrEqualTo(tokens);
    }
  }
}
