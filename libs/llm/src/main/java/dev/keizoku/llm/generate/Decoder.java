package dev.keizoku.llm.generate;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.kernel.RowSoftmax;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.LanguageModelHead;
import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.model.attention.FixedShapes;
import dev.keizoku.llm.model.attention.KvCache;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A model with its weights, ready to predict. Tokens of several sequences go through it together,
 * without padding; only the positions that are asked for reach the output layer. Confined to the
 * thread of its {@link DeviceMemory}.
 */
public final class Decoder {
  /** So many rows and columns of logits are in a processor's cache together. */
  private static final int CACHED_ROWS = 256;

  private static final int CACHED_COLUMNS = 512;

  /** Where whole rows of the vocabulary are made: of a tile's products. */
  private static final int FEW_ROWS = 64;

  private static final int DEVICE_ROWS = 256;

  private final CausalLm model;
  private final IntFunction<UnitTensors> weights;
  private final IntFunction<DeviceMemory> memories;
  private final DeviceMemory memory;
  private final FixedShapes shapes;

  /**
   * @param weights parameters of a unit by its index, in {@code memory}
   */
  public Decoder(CausalLm model, IntFunction<UnitTensors> weights, DeviceMemory memory) {
    this(model, weights, unit -> memory);
  }

  /**
   * @param weights parameters of a unit by its index
   * @param memories where they are, all of the same scopes; the head's is the embedding's
   */
  public Decoder(
      CausalLm model, IntFunction<UnitTensors> weights, IntFunction<DeviceMemory> memories) {
    this(model, weights, memories, FixedShapes.NONE);
  }

  private Decoder(
      CausalLm model,
      IntFunction<UnitTensors> weights,
      IntFunction<DeviceMemory> memories,
      FixedShapes shapes) {
    this.model = model;
    this.weights = weights;
    this.memories = memories;
    this.memory = memories.apply(0);
    this.shapes = shapes;
  }

  /**
   * The same model in {@link FixedShapes}: what it predicts after a token depends on the tokens
   * before alone, to the last bit. Shown on processors, with one thread an operator; on GPUs the
   * shapes are fixed too, but what a library makes of them was not tried.
   */
  public Decoder inFixedShapes() {
    return new Decoder(model, weights, memories, FixedShapes.on(memory, config()));
  }

  /** Configuration of the model. */
  public ModelConfig config() {
    return model.config();
  }

  /** The memory that tokens go into and results come out of; its scopes own the caches too. */
  public DeviceMemory memory() {
    return memory;
  }

  /**
   * Room for a sequence, in the innermost scope of {@link #memory}.
   *
   * @param capacity most tokens that it will hold
   */
  public KvCache cache(int capacity) {
    var type = weights.apply(1).flat().type();
    return new KvCache(
        config(), shapes.wholeBlocks(capacity), type, layer -> memories.apply(layer + 1));
  }

  /**
   * Feeds the chunks and predicts.
   *
   * @param chunks of different sequences, at least one
   * @return a row for each wanted position, chunk after chunk
   */
  public LogProbabilities feed(List<Chunk> chunks) {
    try (var scope = memory.scope()) {
      var hiddenTD = hidden(chunks);
      var rows = rows(chunks);
      if (rows.length == 0) {
        return new LogProbabilities(new float[0], config().vocabularySize());
      }
      var logProbabilities = logits(selected(hiddenTD, rows));
      AtenCalls.logSoftmax(logProbabilities, logProbabilities);
      return new LogProbabilities(HostCopy.floats(logProbabilities), config().vocabularySize());
    }
  }

  /** Columns of the vocabulary that exist at once in {@link RowReader}. */
  public static int columnsAtOnce(ModelConfig config, boolean host) {
    return host && Kernels.inVectors()
        ? Math.min(CACHED_COLUMNS, config.vocabularySize())
        : config.vocabularySize();
  }

  /** Rows of the vocabulary that exist at once in {@link RowReader}. */
  public static int rowsAtOnce(boolean host) {
    return host ? Kernels.inVectors() ? CACHED_ROWS : FEW_ROWS : DEVICE_ROWS;
  }

  /**
   * What is asked of rows of the residual stream.
   *
   * @param hiddenRD rows that {@link #hidden} gave
   * @param asked for each row the tokens that may come next
   */
  Reading read(Tensor hiddenRD, List<int[]> asked) {
    return memory.isHost() && Kernels.inVectors()
        ? readColumns(hiddenRD, asked)
        : readRows(hiddenRD, asked);
  }

  private Reading readColumns(Tensor hiddenRD, List<int[]> asked) {
    var softmax = new RowSoftmax(asked);
    var pair = new LanguageModelHead.Pair(weights.apply(model.headUnit()), weights.apply(0));
    var ofRows = shapes.of(rowsAtOnce(true));
    model.head().logits(hiddenRD, pair, ofRows, columnsAtOnce(config(), true), softmax::take);
    return new Reading(softmax.logProbabilities(), softmax.likeliest());
  }

  private Reading readRows(Tensor hiddenRD, List<int[]> asked) {
    try (var scope = memory.scope()) {
      var logitsRV = logits(hiddenRD);
      var likeliest = memory.empty(DataType.INT64, asked.size());
      AtenCalls.argmax(likeliest, logitsRV);
      AtenCalls.logSoftmax(logitsRV, logitsRV);
      long vocabulary = config().vocabularySize();
      var places =
          IntStream.range(0, asked.size())
              .boxed()
              .flatMapToLong(
                  row -> Arrays.stream(asked.get(row)).mapToLong(t -> row * vocabulary + t))
              .toArray();
      var values = new float[0];
      if (places.length > 0) {
        var valuesT = memory.empty(DataType.FLOAT32, places.length);
        var flat = logitsRV.view(logitsRV.elements());
        AtenCalls.indexSelect(valuesT, flat, memory.of(places, places.length));
        values = HostCopy.floats(valuesT);
      }
      return Reading.of(asked, values, HostCopy.longs(likeliest));
    }
  }

  /** Feeds the chunks: the residual stream after the last block, [T, D] fp32. */
  Tensor hidden(List<Chunk> chunks) {
    var ids = chunks.stream().flatMapToInt(chunk -> Arrays.stream(chunk.tokens()));
    var idsT = memory.of(ids.asLongStream().toArray(), tokens(chunks));
    var context =
        SequenceContext.after(
            chunks.stream().map(Chunk::cache).toList(),
            chunks.stream().mapToInt(chunk -> chunk.tokens().length).toArray(),
            config(),
            memory,
            shapes);
    return model.hidden(idsT, context, weights, memories);
  }

  private Tensor logits(Tensor hiddenRD) {
    return model.head().logits(hiddenRD, weights.apply(model.headUnit()), weights.apply(0), shapes);
  }

  private Tensor selected(Tensor hiddenTD, long[] rows) {
    var hiddenRD = memory.empty(DataType.FLOAT32, rows.length, hiddenTD.dim(1));
    AtenCalls.indexSelect(hiddenRD, hiddenTD, memory.of(rows, rows.length));
    return hiddenRD;
  }

  private static int tokens(List<Chunk> chunks) {
    return chunks.stream().mapToInt(chunk -> chunk.tokens().length).sum();
  }

  /** The wanted positions among the tokens of all chunks. */
  static long[] rows(List<Chunk> chunks) {
    var rows = new long[chunks.stream().mapToInt(chunk -> chunk.wanted().length).sum()];
    int start = 0;
    int filled = 0;
    for (var chunk : chunks) {
      for (int wanted : chunk.wanted()) {
        rows[filled++] = start + wanted;
      }
      start += chunk.tokens().length;
    }
    return rows;
  }
}
