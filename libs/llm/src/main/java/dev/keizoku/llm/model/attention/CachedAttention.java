package dev.keizoku.llm.model.attention;

import dev.keizoku.llm.config.SlidingWindow;
import dev.keizoku.llm.kernel.Heads;
import dev.keizoku.llm.kernel.PastAttention;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.AttentionCalls;
import dev.keizoku.llm.torch.Tensor;

/** Attention of new tokens to what their sequence has been through, and to each other. */
public final class CachedAttention {
  private final int layer;
  private final int window;

  /**
   * Attention of one layer.
   *
   * @param window how many tokens a token sees; {@link SlidingWindow#UNLIMITED} for all
   */
  public CachedAttention(int layer, int window) {
    this.layer = layer;
    this.window = window;
  }

  /**
   * Puts the new keys and values into each segment's cache and attends.
   *
   * @param out [T, H, h]
   */
  public void attend(Heads heads, Tensor out, SequenceContext context) {
    for (var i = 0; i < context.segments().size(); i++) {
      var rows = context.segments().get(i);
      var past = context.pasts().get(i);
      past.cache().append(layer, rows(heads.key(), rows), rows(heads.value(), rows));
      if (past.parts().isEmpty()) {
        attend(rows(heads.query(), rows), past.cache(), rows(out, rows));
      }
      for (var part : past.parts()) {
        try (var scope = out.memory().scope()) {
          attend(heads, out, new Segment(rows.start() + part.from(), part.length()), past, part);
        }
      }
    }
  }

  private void attend(Tensor query, KvCache cache, Tensor out) {
    var all = Math.toIntExact(cache.length() + query.dim(0));
    PastAttention.attend(
        new Heads(query, cache.keys(layer, all), cache.values(layer, all)), out, window);
  }

  private void attend(
      Heads heads, Tensor out, Segment rows, SequenceContext.Past past, SequenceContext.Part part) {
    var groups = heads.groups();
    var all = new Segment(0, part.keys());
    var key = HeadViews.key(past.cache().keys(layer, part.keys()), all, groups);
    var value = HeadViews.key(past.cache().values(layer, part.keys()), all, groups);
    var query =
        HeadViews.query(queries(heads.query(), rows, part), new Segment(0, part.queries()), groups);
    var mask = part.maskAs(out.type(), window != SlidingWindow.UNLIMITED);
    var causal = mask == null && part.queries() == part.keys();
    var result =
        out.memory().isHost()
            ? AttentionCalls.flash(query, key, value, causal, mask).output()
            : AttentionCalls.scaledDotProduct(query, key, value, causal, mask);
    AtenCalls.copy(
        HeadViews.query(out, rows, groups), result.narrow(2, part.offset(), rows.length()));
  }

  /** The rows as they are, or in a block that is filled up, always laid out alike. */
  private static Tensor queries(Tensor query, Segment rows, SequenceContext.Part part) {
    if (!part.inBlock()) {
      return rows(query, rows);
    }
    var block = query.memory().zeros(query.type(), part.queries(), query.dim(1), query.dim(2));
    AtenCalls.copy(block.narrow(0, part.offset(), rows.length()), rows(query, rows));
    return block;
  }

  private static Tensor rows(Tensor all, Segment rows) {
    return all.narrow(0, rows.start(), rows.length());
  }
}
