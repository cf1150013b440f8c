package dev.keizoku.llm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.llm.model.attention.KvCache;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.HostCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {
  private static final float TOLERANCE = 1e-4f;
  private static final float ROUNDING = 2e-6f;
  private static final int[] FIRST = {5, 9, 2, 7, 31, 8, 8, 1};
  private static final int[] SECOND = {3, 30, 12, 4, 6};

  private final RandomModel model = new RandomModel();

  @AfterEach
  void free() {
    model.close();
  }

  @ParameterizedTest
  @CsvSource({"qwen2, false", "llama, false", "qwen3, false", "qwen2, true", "qwen3, true"})
  void aCacheChangesNothing(String family, boolean fixedShapes) {
    var free = model.decoder(family);
    var decoder = fixedShapes ? free.inFixedShapes() : free;
    var one = decoder.cache(16);
    var other = decoder.cache(16);
    // Two sequences side by side, in parts of different lengths.
    var start = decoder.feed(List.of(chunk(one, FIRST, 0, 3), chunk(other, SECOND, 0, 1)));
    var middle = decoder.feed(List.of(chunk(one, FIRST, 3, 4), chunk(other, SECOND, 1, 4)));
    var end = decoder.feed(List.of(chunk(one, FIRST, 4, 8), chunk(other, SECOND, 4, 5)));
    assertRows(start, plain(decoder, FIRST), 0, 0, 3);
    assertRows(start, plain(decoder, SECOND), 3, 0, 1);
    assertRows(middle, plain(decoder, FIRST), 0, 3, 1);
    assertRows(middle, plain(decoder, SECOND), 1, 1, 3);
    assertRows(end, plain(decoder, FIRST), 0, 4, 4);
    assertRows(end, plain(decoder, SECOND), 4, 4, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2"})
  void aPastThatIsCutIsForgotten(String family) {
    var decoder = model.decoder(family);
    var cache = decoder.cache(8);
    decoder.feed(List.of(chunk(cache, FIRST, 0, 8)));
    cache.cut(3);
    var other = Arrays.copyOf(FIRST, 5);
    other[3] = 20;
    other[4] = 21;
    assertRows(decoder.feed(List.of(chunk(cache, other, 3, 5))), plain(decoder, other), 0, 3, 2);
    assertThatThrownBy(() -> cache.cut(6)).hasMessageContaining("cannot cut");
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama"})
  void onlyWantedRowsAreGiven(String family) {
    var decoder = model.decoder(family);
    var rows = decoder.feed(List.of(new Chunk(decoder.cache(8), FIRST, new int[] {2, 7})));
    assertThat(rows.rows()).isEqualTo(2);
    assertRows(rows, plain(decoder, FIRST), 1, 7, 1);
    var none = decoder.feed(List.of(new Chunk(decoder.cache(8), FIRST, new int[0])));
    assertThat(none.rows()).isZero();
  }

  /** More rows than are read at once, of two sequences and three passes; some are asked nothing. */
  @ParameterizedTest
  @CsvSource({"qwen2, false", "qwen2, true", "llama, true"})
  void whatIsReadOffARowIsWhatTheWholeRowSays(String family, boolean fixedShapes) {
    var free = model.decoder(family);
    var decoder = fixedShapes ? free.inFixedShapes() : free;
    int length = Decoder.rowsAtOnce(true) + 9;
    int vocabulary = decoder.config().vocabularySize();
    var sequence = IntStream.range(0, length).map(i -> (7 * i + i / 5) % vocabulary).toArray();
    var whole =
        decoder.feed(
            List.of(
                chunk(decoder.cache(length), sequence, 0, length),
                chunk(decoder.cache(8), FIRST, 0, 8)));
    var asked =
        IntStream.range(0, length + 8)
            .mapToObj(
                row -> IntStream.range(0, row % 4).map(i -> (row + 5 * i) % vocabulary).toArray())
            .toList();
    var readings = new ArrayList<Reading>();
    var reader = new RowReader(decoder, readings::add);
    var cache = decoder.cache(length);
    int few = length - 10;
    reader.feed(List.of(chunk(cache, sequence, 0, few)), asked.subList(0, few));
    reader.feed(List.of(new Chunk(decoder.cache(8), FIRST, new int[0])), List.of());
    assertThat(readings).as("few positions wait for others").isEmpty();
    reader.feed(
        List.of(chunk(cache, sequence, few, length), chunk(decoder.cache(8), FIRST, 0, 8)),
        asked.subList(few, length + 8));
    reader.finish();
    reader.finish();
    assertThat(readings)
        .extracting(Reading::rows)
        .containsExactly(Decoder.rowsAtOnce(true), length + 8 - Decoder.rowsAtOnce(true));
    int row = 0;
    for (var reading : readings) {
      for (int i = 0; i < reading.rows(); i++) {
        assertRow(reading, i, asked.get(row), whole, row, fixedShapes ? ROUNDING : TOLERANCE);
        row++;
      }
    }
    assertThatThrownBy(() -> reader.feed(List.of(Chunk.last(cache, 1)), List.of()))
        .hasMessage("1 positions are wanted and 0 asked");
  }

  private static void assertRow(
      Reading reading, int i, int[] asked, LogProbabilities whole, int row, float tolerance) {
    assertThat(reading.logProbabilities()[i]).hasSize(asked.length);
    for (int j = 0; j < asked.length; j++) {
      assertThat(reading.logProbabilities()[i][j])
          .isCloseTo(whole.of(row, asked[j]), within(tolerance));
    }
    assertThat(reading.likeliest()[i]).isEqualTo(whole.likeliest(row));
  }

  private static Chunk chunk(KvCache cache, int[] sequence, int from, int to) {
    return new Chunk(
        cache, Arrays.copyOfRange(sequence, from, to), IntStream.range(0, to - from).toArray());
  }

  /** Log-probabilities after each token, from one pass over the whole sequence. */
  private LogProbabilities plain(Decoder decoder, int[] sequence) {
    try (var scope = decoder.memory().scope()) {
      var ids = Arrays.stream(sequence).asLongStream().toArray();
      var context =
          SequenceContext.of(
              List.of(new Segment(0, ids.length)), decoder.config(), decoder.memory());
      var hidden = model.lm().hidden(decoder.memory().of(ids, ids.length), context, model::weights);
      var logits =
          model.lm().head().logits(hidden, model.weights(model.lm().headUnit()), model.weights(0));
      AtenCalls.logSoftmax(logits, logits);
      return new LogProbabilities(HostCopy.floats(logits), decoder.config().vocabularySize());
    }
  }

  private static void assertRows(
      LogProbabilities got, LogProbabilities all, int gotFrom, int allFrom, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int token = 0; token < all.vocabulary(); token++) {
        assertThat(got.of(gotFrom + row, token))
            .isCloseTo(all.of(allFrom + row, token), within(TOLERANCE));
      }
    }
  }
}
