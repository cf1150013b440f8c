package dev.keizoku.llm.generate;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Feeds chunks and reads single numbers off the positions that are wanted. The output layer costs
 * as much for one position as for {@link Decoder#rowsAtOnce}, so positions wait, over passes, until
 * there are so many. Nothing else of a row of the vocabulary leaves the device.
 */
public final class RowReader {
  private final Decoder decoder;
  private final Consumer<Reading> reader;
  private final Tensor waitingRD;
  private final List<int[]> asked = new ArrayList<>();

  /**
   * A reader with room in the innermost scope of the decoder's memory.
   *
   * @param reader is given what was read, in the order in which it was asked
   */
  public RowReader(Decoder decoder, Consumer<Reading> reader) {
    this.decoder = decoder;
    this.reader = reader;
    var memory = decoder.memory();
    this.waitingRD =
        memory.empty(
            DataType.FLOAT32, Decoder.rowsAtOnce(memory.isHost()), decoder.config().hiddenSize());
  }

  /**
   * Feeds chunks; what is asked is read when enough of it waits.
   *
   * @param chunks of different sequences, at least one
   * @param tokens for each wanted position, chunk after chunk, those that may come next
   */
  public void feed(List<Chunk> chunks, List<int[]> tokens) {
    var wanted = Decoder.rows(chunks);
    if (tokens.size() != wanted.length) {
      throw new IllegalArgumentException(
          "%d positions are wanted and %d asked".formatted(wanted.length, tokens.size()));
    }
    var memory = decoder.memory();
    try (var scope = memory.scope()) {
      var hiddenTD = decoder.hidden(chunks);
      for (int from = 0; from < wanted.length; ) {
        int to = Math.min(wanted.length, from + (int) waitingRD.dim(0) - asked.size());
        AtenCalls.indexSelect(
            waitingRD.narrow(0, asked.size(), to - from),
            hiddenTD,
            memory.of(Arrays.copyOfRange(wanted, from, to), to - from));
        asked.addAll(tokens.subList(from, to));
        if (asked.size() == waitingRD.dim(0)) {
          finish();
        }
        from = to;
      }
    }
  }

  /** Reads what still waits. */
  public void finish() {
    if (!asked.isEmpty()) {
      try (var scope = decoder.memory().scope()) {
        reader.accept(decoder.read(waitingRD.narrow(0, 0, asked.size()), asked));
      }
      asked.clear();
    }
  }
}
