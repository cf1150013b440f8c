package dev.keizoku.llm.model.attention;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.SlidingWindow;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * What every block needs to know of the tokens in a batch: where the segments are, the angles of
 * their positions, and what came before them when there is something.
 *
 * @param segments cover the batch, in order
 * @param rope angles, a row a token
 * @param pasts one for each segment; none where every segment begins at position 0 and leaves
 *     nothing behind
 * @param windowMask [1, 1, L, L] fp32 added to the scores of a segment of L tokens in blocks that
 *     slide, its upper left corner to those of a shorter one; null where no segment is longer than
 *     the window, with pasts, and on GPUs
 * @param starts first row of each segment and the number of rows, [segments + 1] int32; null in
 *     host memory and with pasts
 */
public record SequenceContext(
    List<Segment> segments,
    RotaryEmbedding rope,
    List<Past> pasts,
    Tensor windowMask,
    Tensor starts) {

  /**
   * The past of a segment.
   *
   * @param cache takes the segment's keys and values up
   * @param parts of the segment, in order, each attended for itself; none where all of it is
   *     attended at once, whatever its shape
   * @param shapes the shapes of everything that is computed for the batch
   */
  public record Past(KvCache cache, List<Part> parts, FixedShapes shapes) {
    Past with(UnaryOperator<Tensor> copy) {
      return new Past(cache, parts.stream().map(part -> part.with(copy)).toList(), shapes);
    }
  }

  /**
   * Tokens of a segment that attend in one call.
   *
   * @param from first row in the segment
   * @param length rows
   * @param offset where the first row stands among the queries
   * @param queries rows of the call
   * @param keys rows of the cache that it sees
   * @param masks what the queries must not see
   * @param inBlock whether the queries stand in a block of fixed size
   */
  public record Part(
      int from, int length, int offset, int queries, int keys, Masks masks, boolean inBlock) {
    Tensor maskAs(DataType type, boolean slides) {
      var chosen = slides ? masks.window() : masks.whole();
      return chosen == null ? null : chosen.as(type);
    }

    Part with(UnaryOperator<Tensor> copy) {
      var copies = new Masks(copy.apply(masks.whole()), copy.apply(masks.window()));
      return new Part(from, length, offset, queries, keys, copies, inBlock);
    }
  }

  /**
   * What is added to the scores.
   *
   * @param whole [1, 1, queries, keys]; null when nothing is hidden but what is causal
   * @param window the same for blocks that slide
   */
  public record Masks(Tensor whole, Tensor window) {}

  /** A batch of segments that each begin at position 0. */
  public static SequenceContext of(
      List<Segment> segments, ModelConfig config, DeviceMemory memory) {
    var last = segments.getLast();
    var positions = new int[last.start() + last.length()];
    for (var segment : segments) {
      for (var i = 0; i < segment.length(); i++) {
        positions[segment.start() + i] = i;
      }
    }
    var longest = segments.stream().mapToInt(Segment::length).max().orElseThrow();
    var window = config.window().tokens();
    var masked = memory.isHost() && longest > window;
    return new SequenceContext(
        segments,
        RotaryEmbedding.at(positions, config.rope(), memory),
        List.of(),
        masked ? mask(0, longest, window, memory) : null,
        memory.isHost() ? null : starts(segments, memory));
  }

  private static Tensor starts(List<Segment> segments, DeviceMemory memory) {
    var last = segments.getLast();
    var rows =
        LongStream.concat(
            segments.stream().mapToLong(Segment::start),
            LongStream.of(last.start() + last.length()));
    return memory.of(rows.toArray(), segments.size() + 1).as(DataType.INT32);
  }

  /** The next {@code tokens} tokens of the sequence whose past is in {@code cache}. */
  public static SequenceContext after(
      KvCache cache, int tokens, ModelConfig config, DeviceMemory memory) {
    return after(List.of(cache), new int[] {tokens}, config, memory, FixedShapes.NONE);
  }

  /**
   * The next tokens of several sequences, side by side.
   *
   * @param caches the past of each, all different
   * @param tokens how many tokens of each, at least one
   * @param shapes of what is computed; fixed ones want caches of whole blocks
   */
  public static SequenceContext after(
      List<KvCache> caches,
      int[] tokens,
      ModelConfig config,
      DeviceMemory memory,
      FixedShapes shapes) {
    var segments = new ArrayList<Segment>();
    var pasts = new ArrayList<Past>();
    var positions = new int[Arrays.stream(tokens).sum()];
    var masks = new HashMap<Integer, Masks>();
    var start = 0;
    for (var i = 0; i < tokens.length; i++) {
      var past = caches.get(i).length();
      for (var t = 0; t < tokens[i]; t++) {
        positions[start + t] = past + t;
      }
      segments.add(new Segment(start, tokens[i]));
      IntFunction<Masks> blockMasks =
          at -> masks.computeIfAbsent(at, p -> masks(p, shapes.block(), config, memory));
      var parts =
          shapes.free()
              ? List.of(whole(past, tokens[i], masks(past, tokens[i], config, memory)))
              : shapes.inBlocks()
                  ? parts(past, tokens[i], shapes.block(), blockMasks)
                  : List.<Part>of();
      pasts.add(new Past(caches.get(i), parts, shapes));
      start += tokens[i];
    }
    return new SequenceContext(
        segments, RotaryEmbedding.at(positions, config.rope(), memory), pasts, null, null);
  }

  private static Part whole(int past, int tokens, Masks masks) {
    return new Part(0, tokens, 0, tokens, past + tokens, masks, false);
  }

  private static List<Part> parts(int past, int tokens, int block, IntFunction<Masks> masks) {
    var parts = new ArrayList<Part>();
    for (var from = 0; from < tokens; from += parts.getLast().length()) {
      var position = past + from;
      var offset = position % block;
      var length = Math.min(block - offset, tokens - from);
      var begin = position - offset;
      parts.add(new Part(from, length, offset, block, begin + block, masks.apply(begin), true));
    }
    return parts;
  }

  private static Masks masks(int past, int tokens, ModelConfig config, DeviceMemory memory) {
    var window = config.window().tokens();
    var whole = mask(past, tokens, SlidingWindow.UNLIMITED, memory);
    return new Masks(whole, past + tokens > window ? mask(past, tokens, window, memory) : whole);
  }

  // ATen's own causal mask would count from the first key, not from the first new one.
  private static Tensor mask(int past, int tokens, int window, DeviceMemory memory) {
    var keys = past + tokens;
    if (keys <= window && (tokens == 1 || past == 0)) {
      return null;
    }
    var mask = new float[Math.multiplyExact(tokens, keys)];
    for (var i = 0; i < tokens; i++) {
      var row = i * keys;
      Arrays.fill(mask, row + past + i + 1, row + keys, Float.NEGATIVE_INFINITY);
      var hidden = Math.max(0, past + i + 1 - window);
      Arrays.fill(mask, row, row + hidden, Float.NEGATIVE_INFINITY);
    }
    return memory.of(mask, 1, 1, tokens, keys);
  }

  /** The same for blocks that are on another device. */
  public SequenceContext in(DeviceMemory memory) {
    var copies = new IdentityHashMap<Tensor, Tensor>();
    UnaryOperator<Tensor> copy =
        tensor -> tensor == null ? null : copies.computeIfAbsent(tensor, memory::copy);
    return new SequenceContext(
        segments,
        new RotaryEmbedding(copy.apply(rope.cosine()), copy.apply(rope.sine())),
        pasts.stream().map(past -> past.with(copy)).toList(),
        copy.apply(windowMask),
        copy.apply(starts));
  }

  /** The shapes of what is computed for the batch. */
  public FixedShapes shapes() {
    return pasts.isEmpty() ? FixedShapes.NONE : pasts.getFirst().shapes();
  }

  /** Number of tokens in the batch. */
  public int tokens() {
    var last = segments.getLast();
    return last.start() + last.length();
  }
}
