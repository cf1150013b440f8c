package dev.keizoku.llm.model.attention;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.kernel.HostAttention;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;

/**
 * Shapes that matrix products and attention keep whatever is fed together. A library chooses the
 * order of its sums by the shapes that it is given; where those never change, what a token gives
 * depends on the tokens before it alone, to the last bit: not on its neighbours in the batch, nor
 * on how its sequence was cut into parts. The price is arithmetic on rows that only fill up.
 *
 * <p>Source: He, Defeating Nondeterminism in LLM Inference, Thinking Machines 2025.
 *
 * @param rows rows of a matrix product; 0 leaves all shapes free
 * @param block queries of a call of attention; blocks begin at multiples of it, and a block sees
 *     the keys up to its end; 0 where attention needs no fixed shapes
 */
public record FixedShapes(int rows, int block) {
  /** Shapes as they come. */
  public static final FixedShapes NONE = new FixedShapes(0, 0);

  // Fewer rows starve a core's vectors, more are filled up in vain where little is fed.
  private static final FixedShapes HOST = new FixedShapes(64, 32);
  private static final FixedShapes DEVICE = new FixedShapes(256, 64);

  /** The shapes that suit any model on a device. */
  public static FixedShapes on(DeviceMemory memory) {
    return memory.isHost() ? HOST : DEVICE;
  }

  /** The shapes that suit a model on a device. */
  public static FixedShapes on(DeviceMemory memory, ModelConfig config) {
    var shapes = on(memory);
    var groups = config.heads() / config.keyValueHeads();
    return HostAttention.servesPast(memory.isHost(), config.headSize(), groups)
        ? new FixedShapes(shapes.rows, 0)
        : shapes;
  }

  /** The same with another number of rows, where it is fixed. */
  public FixedShapes of(int otherRows) {
    return free() ? this : new FixedShapes(otherRows, block);
  }

  /** True where shapes are left as they come. */
  public boolean free() {
    return rows == 0;
  }

  /** Whether attention is in blocks of fixed size. */
  public boolean inBlocks() {
    return block > 0;
  }

  /** Capacity of a cache that has room for whole blocks. */
  public int wholeBlocks(int tokens) {
    return block == 0 ? tokens : Math.ceilDiv(tokens, block) * block;
  }

  /** A product of rows. */
  @FunctionalInterface
  public interface Product {
    /** Fills {@code out} [n, N] from {@code x} [n, K] and {@code addend} [n, N] or null. */
    void run(Tensor out, Tensor x, Tensor addend);
  }

  /**
   * Runs a product tile by tile, the last one filled up with zeros.
   *
   * @param addend a row for each row of {@code out}; null for none
   */
  public void run(Tensor out, Tensor x, Tensor addend, Product product) {
    long count = x.dim(0);
    if (free()) {
      product.run(out, x, addend);
      return;
    }
    long start = 0;
    for (; start + rows <= count; start += rows) {
      product.run(
          out.narrow(0, start, rows),
          x.narrow(0, start, rows),
          addend == null ? null : addend.narrow(0, start, rows));
    }
    if (start < count) {
      try (var scope = out.memory().scope()) {
        var whole = out.memory().empty(out.type(), rows, out.dim(1));
        product.run(whole, filled(x, start), addend == null ? null : filled(addend, start));
        AtenCalls.copy(out.narrow(0, start, count - start), whole.narrow(0, 0, count - start));
      }
    }
  }

  private Tensor filled(Tensor source, long start) {
    long count = source.dim(0) - start;
    var tile = source.memory().zeros(source.type(), rows, source.dim(1));
    AtenCalls.copy(tile.narrow(0, 0, count), source.narrow(0, start, count));
    return tile;
  }
}
