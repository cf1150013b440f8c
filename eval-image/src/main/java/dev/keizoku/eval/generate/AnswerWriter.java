package dev.keizoku.eval.generate;

import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.score.ScoringListener;
import dev.keizoku.llm.generate.Continuation;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.Sampler;
import dev.keizoku.llm.generate.TextGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Lets a model answer the questions of a task in its own words: what it writes depends on the
 * question and the task alone, not on what else is asked beside it.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code HFLM.generate_until}: prompts lose
 * their beginning where they leave no room, and a text ends before the first of the task's stop
 * texts.
 */
public final class AnswerWriter {
  /** Rows that fixed shapes fill up to on a processor: more sequences at a time cost nothing. */
  private static final int MOST_LANES = 64;

  private final EvaluatedModel model;
  private final int batchTokens;

  /**
   * @param batchTokens tokens that the sequences of a thread may have together
   */
  public AnswerWriter(EvaluatedModel model, int batchTokens) {
    this.model = model;
    this.batchTokens = batchTokens;
  }

  /** A question on its way. */
  private record Asked(int request, int[] prompt, boolean cut) {}

  /** Writes the answers to all questions; each is told as it is there. */
  public void score(TaskRequests task, ScoringListener listener) {
    var writing = task.file().answering().writing();
    int room = model.config().maxPositions() - writing.maxTokens();
    var asked = new ArrayList<Asked>();
    for (int i = 0; i < task.requests().size(); i++) {
      var ids =
          model
              .start()
              .before(model.tokenizer().encodeWithSpecialTokens(task.requests().get(i).context()));
      var prompt = ids.length > 0 ? ids : new int[] {model.tokenizer().eosId()};
      asked.add(new Asked(i, prompt, prompt.length > room));
    }
    // The longest first: too little memory shows at once.
    asked.sort(Comparator.comparingInt((Asked of) -> of.prompt.length).reversed());
    var memory = WritingRoom.of(model);
    var groups = new ConcurrentLinkedQueue<List<Asked>>();
    int threads = 0;
    for (int from = 0; from < asked.size(); ) {
      int length = Math.min(room, asked.get(from).prompt.length) + writing.maxTokens();
      int own = length * writing.repeats();
      int lanes = Math.min(MOST_LANES, memory.lanes(own, batchTokens));
      threads = threads == 0 ? memory.threads(own) : threads;
      var group = asked.subList(from, Math.min(asked.size(), from + lanes));
      groups.add(group);
      from += group.size();
    }
    var done = new Progress(listener);
    Function<Decoder, Void> work = decoder -> write(decoder, task, groups, done);
    model.decoders().run(Collections.nCopies(Math.min(threads, groups.size()), work));
  }

  private Void write(
      Decoder decoder, TaskRequests task, Queue<List<Asked>> groups, Progress done) {
    try {
      for (List<Asked> group; (group = groups.poll()) != null; ) {
        write(decoder, task, group, done);
      }
      return null;
    } catch (RuntimeException | Error e) {
      done.abandon();
      throw e;
    }
  }

  private void write(Decoder decoder, TaskRequests task, List<Asked> group, Progress done) {
    var writing = task.file().answering().writing();
    var prompts = new ArrayList<int[]>();
    var samplers = new ArrayList<Sampler>();
    for (var asked : group) {
      var request = task.requests().get(asked.request);
      var what = "question %d of %s".formatted(request.doc().index(), task.name());
      for (int repeat = 0; repeat < writing.repeats(); repeat++) {
        prompts.add(asked.prompt);
        samplers.add(
            Draws.of(
                writing.sampling(), request.context(), repeat, () -> model.notANumber(what)));
      }
    }
    var ending = new AnswerEnding(model, writing.until(), done::check);
    var written =
        new TextGenerator(decoder.inFixedShapes(), samplers::get)
            .write(prompts, writing.maxTokens(), ending);
    for (int i = 0; i < group.size(); i++) {
      var own = written.subList(i * writing.repeats(), (i + 1) * writing.repeats());
      var texts = own.stream().map(of -> writing.answer(ending.text(of.tokens()))).toList();
      var ended = own.stream().map(Continuation::ended).toList();
      done.item(group.get(i).request, ItemScore.written(texts, ended, group.get(i).cut));
    }
  }

  /** One listener for all threads. */
  private static final class Progress {
    private final ScoringListener listener;
    private int count;
    private boolean abandoned;

    Progress(ScoringListener listener) {
      this.listener = listener;
    }

    /**
     * Between tokens.
     *
     * @throws CancellationException when another thread has given up
     */
    synchronized void check() {
      if (abandoned) {
        throw new CancellationException("another thread has given up");
      }
      listener.done(count);
    }

    /** Makes the other threads leave too: nobody waits for hours to be told. */
    synchronized void abandon() {
      abandoned = true;
    }

    synchronized void item(int request, ItemScore score) {
      listener.item(request, score);
      listener.done(++count);
    }
  }
}
