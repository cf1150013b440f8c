package dev.keizoku.eval.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.Generation;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.api.ApiAnswer.Cause;
import dev.keizoku.eval.api.Asking;
import dev.keizoku.eval.api.ChatEndpoint;
import dev.keizoku.eval.api.ChatRequest;
import dev.keizoku.eval.api.ChatRequest.Turn;
import dev.keizoku.eval.api.EndpointFaults;
import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ScoringListener;
import dev.keizoku.eval.task.Answering.Sampling;
import dev.keizoku.eval.task.Answering.Writing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a model behind an endpoint answer the questions of a task in its own words. A question that
 * it refuses has an empty answer; one that it does not answer now ends the work, to be gone on with
 * later: what was answered is kept.
 */
public final class ApiWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiWriter.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int GREETING_TOKENS = 16;
  private static final PromptAnswer REFUSED = new PromptAnswer("", true);

  private final String name;
  private final ChatEndpoint endpoint;
  private final int atOnce;

  /**
   * @throws RunFault user error {@code InvalidEndpoint} for an address or a key that is none
   */
  public ApiWriter(EvalRun.Model model) {
    var order = model.api();
    this.name = model.name();
    this.atOnce = order.settings().numConcurrent();
    this.endpoint = ChatEndpoint.of(order.settings(), order.keyFile(), GREETING_TOKENS);
  }

  /** Asks something small once; see {@link ChatEndpoint#greet}. */
  public void greet() {
    try {
      endpoint.greet();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes the answers to all questions; each is told as it is there.
   *
   * @param turns whether a question is turns of a conversation in JSON, else it is the user's turn
   * @param stop as {@link Asking#all} takes it
   */
  public void score(TaskRequests task, boolean turns, ScoringListener listener, Runnable stop) {
    var writing = task.file().answering().writing();
    var works = new ArrayList<Callable<Void>>();
    for (int i = 0; i < task.requests().size(); i++) {
      int request = i;
      works.add(
          () -> {
            var texts = new ArrayList<String>();
            var ended = new ArrayList<Boolean>();
            boolean refused = false;
            for (int repeat = 0; repeat < writing.repeats(); repeat++) {
              var answer = answered(task.requests().get(request), turns, writing, repeat);
              refused |= answer.isEmpty();
              texts.add(answer.orElse(REFUSED).text());
              ended.add(answer.orElse(REFUSED).ended());
            }
            var score = ItemScore.written(texts, ended, false);
            synchronized (listener) {
              listener.item(request, refused ? score.asRefused() : score);
            }
            return null;
          });
    }
    run(
        works,
        answered -> {
          synchronized (listener) {
            listener.done(answered);
          }
        },
        stop);
  }

  /**
   * What it writes after each prompt.
   *
   * @param asked the prompts, as {@link #score} takes questions
   * @param thinkEnd text up to which it is thinking; null where it is not asked
   * @param stop as {@link Asking#all} takes it
   */
  public List<PromptAnswer> answers(
      Generation generation, List<String> asked, boolean turns, String thinkEnd, Runnable stop) {
    var writing = PromptAnswers.writing(generation, thinkEnd);
    var answers = new PromptAnswer[asked.size()];
    var works = new ArrayList<Callable<Void>>();
    for (int i = 0; i < answers.length; i++) {
      int prompt = i;
      works.add(
          () -> {
            answers[prompt] = ask(turns(asked.get(prompt), turns), writing, 0).orElse(REFUSED);
            return null;
          });
    }
    run(works, answered -> {}, stop);
    return List.of(answers);
  }

  private void run(List<Callable<Void>> works, IntConsumer answered, Runnable stop) {
    try {
      Asking.all(works, atOnce, answered, stop);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With the user's next turn where there is one; empty where either is refused. */
  private Optional<PromptAnswer> answered(
      Request request, boolean turns, Writing writing, int repeat) throws InterruptedException {
    var first = ask(turns(request.context(), turns), writing, repeat);
    var next = request.next();
    if (next == null || first.isEmpty()) {
      return first;
    }
    var said = first.get().text();
    var asked =
        turns
            ? turns(next.context(), true).stream()
                .map(turn -> new Turn(turn.role(), next.after(turn.content(), said)))
                .toList()
            : turns(next.after(said), false);
    return ask(asked, writing, repeat)
        .map(
            second ->
                new PromptAnswer(
                    next.told(said, second.text()), first.get().ended() && second.ended()));
  }

  /** Empty where the endpoint refuses the question. */
  private Optional<PromptAnswer> ask(List<Turn> turns, Writing writing, int repeat)
      throws InterruptedException {
    var request =
        new ChatRequest(
            turns, writing.maxTokens(), writing.until(), drawn(writing.sampling(), repeat));
    var answer = endpoint.ask(request);
    if (answer.text() == null && answer.cause() != Cause.REFUSED) {
      throw EndpointFaults.silent(name, answer.fault());
    }
    if (answer.text() == null) {
      LOG.warn("{} refuses a question, which counts as an empty answer: {}", name, answer.fault());
      return Optional.empty();
    }
    var text = AnswerEnding.before(answer.text(), writing.until());
    boolean ended = answer.ended() || text.length() < answer.text().length();
    return Optional.of(new PromptAnswer(writing.answer(text), ended));
  }

  private static ChatRequest.Sampling drawn(Sampling sampling, int repeat) {
    return sampling == null
        ? null
        : new ChatRequest.Sampling(
            sampling.temperature(), sampling.topK(), sampling.topP(), sampling.seed() + repeat);
  }

  private static List<Turn> turns(String context, boolean turns) {
    if (!turns) {
      return List.of(new Turn("user", context));
    }
    try {
      return JSON.readValue(context, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
