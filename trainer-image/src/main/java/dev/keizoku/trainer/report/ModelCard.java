package dev.keizoku.trainer.report;

import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;
import dev.keizoku.page.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code README.md} of an exported model: what it is and what it was made of. */
public final class ModelCard {
  private ModelCard() {}

  /** The card, Markdown with the Hub's front matter. */
  public static byte[] markdown(RunSummary summary) {
    var run = summary.run();
    var card =
        new StringBuilder("---\nlibrary_name: transformers\npipeline_tag: text-generation\n");
    if (run.baseModel() != null) {
      card.append("base_model: ").append(run.baseModel().uri()).append('\n');
    }
    card.append("language: ja\ntags: [continual-pretraining, keizoku]\n---\n\n");
    card.append("# ").append(run.name()).append("\n\n");
    card.append(
        run.baseModel() == null
            ? "Trained from random weights"
            : "Continued from `%s`".formatted(run.baseModel().uri()));
    card.append(
        " by %s: %s parameters, %s steps, %s tokens. The weights are those of step %s%s.\n\n"
            .formatted(
                summary.tool(),
                Numbers.count(summary.parameters()),
                Numbers.count(summary.steps()),
                Numbers.count(summary.tokens()),
                Numbers.count(summary.exportedStep()),
                run.training().export() == Training.Export.BEST
                    ? ", whose held-out perplexity was lowest"
                    : ""));
    card.append("## Held-out perplexity\n\n| set | before | after |\n| --- | ---: | ---: |\n");
    for (var row : summary.perplexities()) {
      card.append(
          "| %s | %s | %s |\n"
              .formatted(
                  row.name(), Numbers.fixed(row.before(), 3), Numbers.fixed(row.after(), 3)));
    }
    card.append("\n## Made of\n\n| what | sha256 of its manifest |\n| --- | --- |\n");
    if (run.baseModel() != null && run.baseModel().sha256() != null) {
      card.append("| base model | `%s` |%n".formatted(run.baseModel().sha256()));
    }
    summary
        .corpora()
        .forEach((name, digest) -> card.append("| %s | `%s` |%n".formatted(name, digest)));
    summary.leftOut().forEach(sentence -> card.append('\n').append(sentence).append('\n'));
    hyperParameters(card, run);
    return card.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void hyperParameters(StringBuilder card, TrainRun run) {
    var training = run.training();
    card.append("\n## Hyper-parameters\n\n| name | value |\n| --- | --- |\n");
    row(card, "sequence length", run.training().sequenceLength());
    row(card, "documents of a sequence see each other", run.packing().crossDocuments());
    row(card, "packing", run.packing().bestFit() ? "best-fit decreasing" : "wrapped");
    row(card, "epochs", training.epochs());
    row(card, "most steps", training.maxSteps());
    for (var corpus : run.data()) {
      row(card, "weight of " + corpus.name(), corpus.weight());
    }
    row(card, "global batch size", training.globalBatchSize());
    row(card, "learning rate", training.learningRate());
    row(card, "minimum learning rate", training.minLearningRate());
    row(card, "warm-up steps", training.warmupSteps());
    var schedule = training.schedule() == null ? Training.Schedule.LINEAR : training.schedule();
    row(card, "schedule", schedule.name().toLowerCase(Locale.ROOT));
    var optimizer = run.optimizer();
    row(card, "optimizer", "AdamW");
    row(card, "beta1, beta2", optimizer.beta1() + ", " + optimizer.beta2());
    row(card, "epsilon", optimizer.epsilon());
    row(card, "weight decay, but for norms and biases", optimizer.weightDecay());
    row(card, "largest gradient norm", optimizer.maxGradNorm());
    row(card, "precision", half(run) ? "bf16" : "fp32");
    row(card, "devices", run.parallelism().devices());
    row(card, "ZeRO stage", run.parallelism().zeroStage());
    row(card, "seed", run.training().seed());
  }

  private static boolean half(TrainRun run) {
    return run.training().precision() == Training.Precision.BF16;
  }

  // What the run leaves open has no row.
  private static void row(StringBuilder card, String name, Object value) {
    if (value == null) {
      return;
    }
    card.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }
}
