package dev.keizoku.eval.run;

import dev.keizoku.contract.eval.Judge.Order;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.api.ChatEndpoint;
import dev.keizoku.eval.judge.Judge;
import dev.keizoku.eval.judge.JudgedCandidate;
import dev.keizoku.eval.judge.JudgementStore;
import dev.keizoku.eval.judge.KeptJudgements;
import dev.keizoku.eval.judge.Rubric;
import dev.keizoku.eval.plan.EvaluationPlan;
import dev.keizoku.eval.report.JudgeSection;
import dev.keizoku.eval.report.Reading;
import dev.keizoku.eval.result.ModelRun;
import dev.keizoku.eval.result.WrittenAnswers;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The judge of a run: asked about the answers of each candidate beside the base model's. */
final class JudgePass implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JudgePass.class);

  private final EvaluationPlan plan;
  private final RunContext context;
  private final Order order;
  private final ChatEndpoint endpoint;

  private JudgePass(EvaluationPlan plan, RunContext context, Order order) {
    var settings = order.settings();
    this.plan = plan;
    this.context = context;
    this.order = order;
    this.endpoint = ChatEndpoint.of(settings.api(), order.keyFile(), settings.maxTokens());
  }

  /**
   * The judge, tried out once: a wrong key or name shows before a model is loaded.
   *
   * @return null for a run without one
   * @throws dev.keizoku.contract.fault.RunFault user error {@code InvalidEndpoint}
   */
  static JudgePass open(EvaluationPlan plan, RunContext context) {
    var order = plan.run().judge();
    if (order == null) {
      return null;
    }
    var pass = new JudgePass(plan, context, order);
    try {
      pass.endpoint.greet();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      pass.close();
      throw e;
    }
    return pass;
  }

  /**
   * Judges all candidates.
   *
   * @param models the base model and then the candidates
   */
  List<JudgedCandidate> all(List<ModelRun> models, ObjectStore store, Clock clock) {
    var settings = order.settings();
    var rubric = new Rubric(endpoint.identity(), settings.rubric());
    var judge = new Judge(endpoint, rubric, settings.api().numConcurrent());
    var judged = new ArrayList<JudgedCandidate>();
    try (var kept = JudgementStore.open(store, EvaluationPlan.scores(plan.run()), rubric, clock)) {
      for (var candidate : models.subList(1, models.size())) {
        judged.add(one(judge, models.getFirst(), candidate, kept));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return judged;
  }

  private JudgedCandidate one(Judge judge, ModelRun base, ModelRun candidate, KeptJudgements kept)
      throws InterruptedException {
    var name = candidate.scores().model().name();
    var pairs =
        WrittenAnswers.pairs(plan.run(), plan.tasks(), base, candidate).stream()
            .filter(
                pair ->
                    order.settings().limit() == null || pair.question() < order.settings().limit())
            .toList();
    long left = judge.left(pairs, kept);
    context.progress().begin("judge " + name, "questions", 0, left);
    LOG.info("{}: {} answers to judge, {} questions left to ask", name, pairs.size(), left);
    var judgements = judge.all(pairs, kept, context.progress()::step, context.stop()::check);
    var judged = new JudgedCandidate(name, judgements);
    LOG.info(
        JudgeSection.sentence(
            judged.summary(), name, base.scores().model().name(), Reading.words(Language.EN)));
    return judged;
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
