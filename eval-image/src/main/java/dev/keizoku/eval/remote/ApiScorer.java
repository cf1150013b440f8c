package dev.keizoku.eval.remote;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.api.ApiAnswer.Cause;
import dev.keizoku.eval.api.Asking;
import dev.keizoku.eval.api.CompletionsEndpoint;
import dev.keizoku.eval.api.EchoedTokens;
import dev.keizoku.eval.api.EndpointFaults;
import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.request.TaskTokens;
import dev.keizoku.eval.request.TokenSplit;
import dev.keizoku.eval.score.ScoringListener;
import dev.keizoku.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Asks a model behind an endpoint how likely it finds the choices and documents of a task. One that
 * does not answer now ends the work, to be gone on with later: what was answered is kept.
 *
 * <p>Source: EleutherAI/lm-evaluation-harness 0.4.9.1, {@code TemplateAPI}.
 */
public final class ApiScorer implements AutoCloseable {
  private static final String GREETING = "日本の金融市場では、bond prices fall when interest rates rise.";

  private final String name;
  private final int atOnce;
  private final RemoteReader reader;
  private final CompletionsEndpoint endpoint;

  private ApiScorer(EvalRun.Model model, RemoteReader reader) {
    var order = model.api();
    this.name = model.name();
    this.atOnce = order.settings().numConcurrent();
    this.reader = reader;
    this.endpoint = CompletionsEndpoint.of(order.settings(), order.keyFile());
  }

  /**
   * Opens the door to a candidate.
   *
   * @return null for one that tells no log-likelihoods
   * @throws RunFault user error {@code InvalidEndpoint}, and those of its tokenizer
   */
  public static ApiScorer open(EvalRun run, EvalRun.Model model, ObjectStore store) {
    return model.api().completions() == null
        ? null
        : new ApiScorer(model, RemoteReader.open(run, model, store));
  }

  /**
   * Asks something small once: whether the endpoint tells what is wanted, and reads the tokens that
   * are sent as they are meant. One that is away now may be back by then.
   *
   * @throws RunFault user errors {@code InvalidEndpoint}, {@code TokenizerMismatch}
   */
  public void greet() {
    var of = reader.reader();
    int[] tokens = of.start().before(of.tokenizer().encode(GREETING));
    var answer = greeted(tokens);
    if (answer.cause() == Cause.AWAY) {
      return;
    }
    if (answer.tokens() == null) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "%s tells no log-likelihoods of what it is given, with echo and logprobs (%s); serve %s by a server that does, such as vLLM, or leave completions out."
              .formatted(endpoint.place(), answer.fault(), name));
    }
    for (int i = 0; i < tokens.length; i++) {
      requireSame(tokens[i], answer.tokens().get(i));
    }
  }

  private EchoedTokens greeted(int[] tokens) {
    try {
      return endpoint.greet(tokens);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requireSame(int token, String theirs) {
    var ours = plain(reader.reader().tokenizer().decode(token));
    var told = plain(theirs);
    // Parts of a character have no name that all servers share.
    boolean unknown = ours.isEmpty() || told.isEmpty() || (ours + told).contains("\uFFFD");
    if (unknown || told.startsWith("bytes:") || told.equals(ours)) {
      return;
    }
    if (!told.equals("token_id:" + token)) {
      throw RunFault.userError(
          Reason.TOKENIZER_MISMATCH,
          "The tokenizer in %s is not that of %s: token %d is '%s' here and '%s' there; name the folder of its own in completions.tokenizer."
              .formatted(reader.folder(), name, token, ours, told));
    }
  }

  /** Without blanks, which servers write in several ways. */
  private static String plain(String token) {
    return token.replaceAll("[\\s\u2581\u0120\u010A]", "");
  }

  /**
   * Scores all questions or documents; each is told as it is there.
   *
   * @param stop as {@link Asking#all} takes it
   * @throws RunFault exit 42 for what it cannot be asked, exit 75 while it does not answer
   */
  public void score(TaskRequests task, ScoringListener listener, Runnable stop) {
    var tokens = TaskTokens.of(task, reader.reader());
    var done = new int[1];
    var works = new ArrayList<Callable<Void>>();
    for (int i = 0; i < task.requests().size(); i++) {
      int request = i;
      var asked = new Asked(task, request, tokens.parts().get(request));
      works.add(
          () -> {
            var score = asked.score(tokens.lengths());
            synchronized (listener) {
              listener.item(request, score);
              done[0] += task.ofDocuments() ? 1 : asked.parts.size();
              listener.done(done[0]);
            }
            return null;
          });
    }
    try {
      Asking.all(works, atOnce, answered -> {}, stop);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Asked {
    private final TaskRequests task;
    private final int request;
    private final List<TokenSplit> parts;
    private boolean cut;

    Asked(TaskRequests task, int request, List<TokenSplit> parts) {
      this.task = task;
      this.request = request;
      this.parts = parts;
    }

    /**
     * @param lengths of documents; null where choices are scored
     */
    ItemScore score(int[] lengths) throws InterruptedException {
      var logLikelihoods = new double[parts.size()];
      var greedy = new boolean[parts.size()];
      for (int part = 0; part < logLikelihoods.length; part++) {
        int answer = parts.get(part).continuation().length;
        int[] whole = whole(part);
        var told = told(whole);
        greedy[part] = true;
        for (int i = whole.length - answer; i < whole.length; i++) {
          logLikelihoods[part] += told.logLikelihoods()[i];
          greedy[part] &= told.likeliest()[i];
        }
        if (!Double.isFinite(logLikelihoods[part])) {
          throw RunFault.userError(
              Reason.NOT_A_NUMBER,
              "%s gives no number for %s; look at the model behind %s."
                  .formatted(name, question(), endpoint.place()));
        }
      }
      return lengths == null
          ? new ItemScore(logLikelihoods, greedy, null, cut)
          : new ItemScore(
              new double[] {Arrays.stream(logLikelihoods).sum()},
              new boolean[1],
              lengths[request],
              false);
    }

    private int[] whole(int part) {
      int[] context = parts.get(part).context();
      int[] answer = parts.get(part).continuation();
      int room = reader.reader().positions() + 1 - answer.length;
      if (context.length == 0 || room < 1) {
        var problem =
            context.length == 0
                ? "there are no tokens before the answer"
                : "the answer has %d tokens and leaves no room in completions.maxLength"
                    .formatted(answer.length);
        throw TaskTokens.doesNotFit(
            task, reader.reader(), "question %d, choice %d: %s".formatted(request, part, problem));
      }
      cut |= context.length > room;
      int[] kept = Arrays.copyOfRange(context, Math.max(0, context.length - room), context.length);
      int[] whole = Arrays.copyOf(kept, kept.length + answer.length);
      System.arraycopy(answer, 0, whole, kept.length, answer.length);
      return whole;
    }

    private EchoedTokens told(int[] tokens) throws InterruptedException {
      var answer = endpoint.ask(tokens);
      if (answer.tokens() != null) {
        return answer;
      }
      if (answer.cause() == Cause.REFUSED) {
        throw RunFault.userError(
            Reason.INVALID_ENDPOINT,
            "%s refuses %s, %s; set completions.maxLength to what its server takes, or leave the task out."
                .formatted(name, question(), answer.fault()));
      }
      throw EndpointFaults.silent(name, answer.fault());
    }

    private String question() {
      return "question %d of %s".formatted(task.requests().get(request).doc().index(), task.name());
    }
  }

  @Override
  public void close() {
    endpoint.close();
    reader.close();
  }
}
