package dev.keizoku.eval.generate;

import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.score.ScoringListener;
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
import java.util.stream.IntStream;

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

  /**
   * A question on its way.
   *
   * @param prompt tokens of its first turn
   * @param length tokens that it has with all its turns and answers
   */
  private record Asked(int request, int[] prompt, int length) {}

  /** What is written to one prompt: an answer to a question, of which there may be several. */
  private record Lane(Request request, int repeat, String context, int[] prompt) {}

  /** What was written to it, and whether the prompt lost its beginning. */
  private record Said(String text, boolean ended, boolean cut) {}

  /** Writes the answers to all questions; each is told as it is there. */
  public void score(TaskRequests task, ScoringListener listener) {
    var writing = task.file().answering().writing();
    var asked = new ArrayList<Asked>();
    for (int i = 0; i < task.requests().size(); i++) {
      var request = task.requests().get(i);
      int length = tokens(request.longest()).length + task.newTokens();
      asked.add(
          new Asked(i, tokens(request.context()), Math.min(model.config().maxPositions(), length)));
    }
    // The longest first: too little memory shows at once.
    asked.sort(Comparator.comparingInt(Asked::length).reversed());
    var memory = WritingRoom.of(model);
    var groups = new ConcurrentLinkedQueue<List<Asked>>();
    int threads = 0;
    for (int from = 0; from < asked.size(); ) {
      int own = asked.get(from).length * writing.repeats();
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

  private int[] tokens(String text) {
    var ids = model.start().before(model.tokenizer().encodeWithSpecialTokens(text));
    return ids.length > 0 ? ids : new int[] {model.tokenizer().eosId()};
  }

  private Void write(Decoder decoder, TaskRequests task, Queue<List<Asked>> groups, Progress done) {
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
    int repeats = task.file().answering().writing().repeats();
    var lanes = new ArrayList<Lane>();
    for (var asked : group) {
      var request = task.requests().get(asked.request);
      for (int repeat = 0; repeat < repeats; repeat++) {
        lanes.add(new Lane(request, repeat, request.context(), asked.prompt));
      }
    }
    var said = written(decoder, task, lanes, done);
    if (task.file().answering().next() != null) {
      said = withNext(said, written(decoder, task, next(lanes, said), done), lanes);
    }
    for (int i = 0; i < group.size(); i++) {
      var own = said.subList(i * repeats, (i + 1) * repeats);
      done.item(
          group.get(i).request,
          ItemScore.written(
              own.stream().map(Said::text).toList(),
              own.stream().map(Said::ended).toList(),
              own.stream().anyMatch(Said::cut)));
    }
  }

  /** The user's next turns, after what was said. */
  private List<Lane> next(List<Lane> lanes, List<Said> said) {
    return IntStream.range(0, lanes.size())
        .mapToObj(
            i -> {
              var lane = lanes.get(i);
              var context = lane.request.next().after(said.get(i).text);
              return new Lane(lane.request, lane.repeat, context, tokens(context));
            })
        .toList();
  }

  private static List<Said> withNext(List<Said> first, List<Said> second, List<Lane> lanes) {
    return IntStream.range(0, lanes.size())
        .mapToObj(
            i -> {
              var one = first.get(i);
              var two = second.get(i);
              return new Said(
                  lanes.get(i).request.next().told(one.text, two.text),
                  one.ended && two.ended,
                  one.cut || two.cut);
            })
        .toList();
  }

  private List<Said> written(Decoder decoder, TaskRequests task, List<Lane> lanes, Progress done) {
    var writing = task.file().answering().writing();
    int room = model.config().maxPositions() - writing.maxTokens();
    var samplers = new ArrayList<Sampler>();
    for (var lane : lanes) {
      var what = "question %d of %s".formatted(lane.request.doc().index(), task.name());
      samplers.add(
          Draws.of(writing.sampling(), lane.context, lane.repeat, () -> model.notANumber(what)));
    }
    var ending = new AnswerEnding(model, writing.until(), done::check);
    var written =
        new TextGenerator(decoder.inFixedShapes(), samplers::get)
            .write(lanes.stream().map(Lane::prompt).toList(), writing.maxTokens(), ending);
    return IntStream.range(0, lanes.size())
        .mapToObj(
            i ->
                new Said(
                    writing.answer(ending.text(written.get(i).tokens())),
                    written.get(i).ended(),
                    lanes.get(i).prompt.length > room))
        .toList();
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
