package dev.keizoku.eval.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judgements by what was asked, of runs before and of this one. Safe for many threads. */
public final class KeptJudgements implements AutoCloseable {
  private final Map<String, Judgement> byKey = new HashMap<>();
  private final Sink sink;

  /** Where they are kept. */
  interface Sink extends AutoCloseable {
    /** Keeps one, soon. */
    void add(Judgement judgement);

    /** Keeps what is not kept yet. */
    @Override
    void close();
  }

  KeptJudgements(List<Judgement> before, Sink sink) {
    before.forEach(judgement -> byKey.put(judgement.key(), judgement));
    this.sink = sink;
  }

  /** Whether the judge has said something of it that can be read. */
  synchronized boolean has(String key) {
    return byKey.containsKey(key) && byKey.get(key).verdict() != Verdict.UNSCORED;
  }

  synchronized Judgement get(String key) {
    return byKey.get(key);
  }

  synchronized void add(Judgement judgement) {
    byKey.put(judgement.key(), judgement);
    sink.add(judgement);
  }

  /** Only for this run: nobody has said it. */
  synchronized void put(Judgement judgement) {
    byKey.put(judgement.key(), judgement);
  }

  @Override
  public synchronized void close() {
    sink.close();
  }
}
