package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;
import static dev.keizoku.llm.kernel.Scores.TILE;
import static dev.keizoku.llm.kernel.Tiles.SIDE;

import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.TileProduct.Size;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Attention of a sequence's new tokens to all that it has been through, in tiles as {@link
 * CausalAttention}. A tile begins at the same position whatever is new, and what a query does not
 * see adds exactly 0; so the bits that a token gets depend on the tokens before it alone, not on
 * how many came with it.
 */
public final class PastAttention {
  private static final FloatVector HIDDEN = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
  // A kernel is made for each number of rows of a product, so they are multiples of it.
  private static final int LEAST = 16;

  private final Factors factors;
  private final int d;
  private final int window;
  // Tokens in all, and those of them that are new.
  private final int length;
  private final int fresh;
  // Tiles before it are seen by none.
  private final int firstTile;
  private final int seen;
  private final Tiles tiles;
  private final long block;
  // [seen, d, SIDE] and [seen, SIDE, d], right factors.
  private final long keys;
  private final long values;
  // [SIDE, d] left factor, and as much again that loading may overwrite.
  private final long query;
  // [SIDE, d] fp32.
  private final long result;
  // [seen, SIDE, SIDE] fp32.
  private final long scores;
  // A tile as factor.
  private final long weights;

  private PastAttention(Heads inputs, int window) {
    d = Math.toIntExact(inputs.query().dim(2));
    factors = Factors.of(inputs.query().type(), d);
    this.window = window;
    length = Math.toIntExact(inputs.key().dim(0));
    fresh = Math.toIntExact(inputs.query().dim(0));
    firstTile = firstSeen(0) / SIDE;
    seen = tile(length - 1) + 1;
    block = (long) SIDE * d * factors.bytes();
    var results = (long) SIDE * d * Float.BYTES;
    tiles = Tiles.withRoomFor((2L * seen + 2) * block + results + (seen + 1) * TILE);
    keys = tiles.take(seen * block);
    values = tiles.take(seen * block);
    query = tiles.take(2 * block);
    result = tiles.take(results);
    scores = tiles.take(seen * TILE);
    weights = tiles.take(TILE);
  }

  /**
   * Attends.
   *
   * @param inputs query [n, H, h] of the new tokens; key and value [S, Hkv, h] of all tokens, the
   *     new ones last; fp32 or bf16
   * @param out result, [n, H, h]
   * @param window how many tokens a token sees, itself among them
   */
  public static void attend(Heads inputs, Tensor out, int window) {
    var run = new PastAttention(inputs, window);
    var groups = Math.toIntExact(inputs.groups());
    try {
      for (var head = 0; head < inputs.key().dim(1); head++) {
        run.load(Rows.head(inputs.key(), head), Rows.head(inputs.value(), head));
        run.attend(heads(inputs.query(), head * groups, groups), heads(out, head * groups, groups));
      }
    } finally {
      run.factors.release();
    }
  }

  private static Rows[] heads(Tensor tensor, int first, int count) {
    var heads = new Rows[count];
    Arrays.setAll(heads, i -> Rows.head(tensor, first + i));
    return heads;
  }

  // Position of a new token.
  private int position(int token) {
    return length - fresh + token;
  }

  private int firstSeen(int token) {
    return (int) Math.max(0, position(token) - (long) window + 1);
  }

  // Number of the tile, among those that are loaded, of a position.
  private int tile(int position) {
    return position / SIDE - firstTile;
  }

  private void load(Rows key, Rows value) {
    for (var j = 0; j < seen; j++) {
      var first = (firstTile + j) * SIDE;
      var count = Math.min(SIDE, length - first);
      factors.load(key, first, count, query);
      factors.turnRight(tiles, query, d, keys + j * block);
      factors.load(value, first, count, query);
      factors.right(query, d, values + j * block);
    }
  }

  // As many tokens at a time as their heads fill a tile.
  private void attend(Rows[] queries, Rows[] outs) {
    var most = SIDE / queries.length;
    for (var token = 0; token < fresh; token += most) {
      attend(queries, outs, token, Math.min(most, fresh - token));
    }
  }

  private void attend(Rows[] queries, Rows[] outs, int token, int count) {
    var row = (long) d * factors.bytes();
    for (var i = 0; i < queries.length; i++) {
      factors.load(queries[i], token, count, query + i * count * row);
    }
    var from = tile(firstSeen(token));
    var last = tile(position(token + count - 1));
    var rows = (queries.length * count + LEAST - 1) / LEAST * LEAST;
    var score = new Size(rows, d, SIDE);
    for (var j = from; j <= last; j++) {
      factors.multiply(score, query, keys + j * block, scores + j * TILE, false);
    }
    var sums = new float[SIDE];
    for (var r = 0; r < queries.length * count; r++) {
      hide(r, token + r % count, from, last);
      Scores.softmax(scores + from * TILE, last - from, r, Scores.factor(d), sums);
    }
    var mix = new Size(rows, SIDE, d);
    Tiles.zero(result, (long) rows * d * Float.BYTES);
    for (var j = from; j <= last; j++) {
      var left = factors.left(scores + j * TILE, weights);
      factors.multiply(mix, left, values + j * block, result, true);
    }
    for (var i = 0; i < outs.length; i++) {
      var scales = new float[count];
      for (var t = 0; t < count; t++) {
        scales[t] = 1 / sums[i * count + t];
      }
      outs[i].write(token, count, result + (long) i * count * d * Float.BYTES, scales);
    }
  }

  // Hides from a row the keys after its token's own and those before its window.
  private void hide(int r, int token, int from, int last) {
    for (var j = from; j <= last; j++) {
      var start = (firstTile + j) * SIDE;
      var begin = firstSeen(token) - start;
      var end = position(token) + 1 - start;
      if (begin > 0 || end < SIDE) {
        var at = scores + j * TILE + (long) r * SIDE * Float.BYTES;
        for (var c = 0; c < SIDE; c += LANES) {
          var before = FLOATS.indexInRange(c, Math.max(0, begin));
          var kept = FLOATS.indexInRange(c, Math.max(0, end)).andNot(before);
          Tiles.store(HIDDEN.blend(Tiles.load(at), kept), at);
          at += (long) LANES * Float.BYTES;
        }
      }
    }
  }
}
