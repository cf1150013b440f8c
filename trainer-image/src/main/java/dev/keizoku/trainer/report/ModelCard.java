package dev.keizoku.trainer.report;

import dev.keizoku.contract.TrainRun;
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
        " by %s: %,d parameters, %,d steps, %,d tokens. The weights are those of step %,d%s.\n\n"
            .formatted(
                summary.tool(),
                summary.parameters(),
                summary.steps(),
                summary.tokens(),
                summary.exportedStep(),
                run.export() == TrainRun.Export.BEST
                    ? ", whose held-out perplexity was lowest"
                    : ""));
    card.append("## Held-out perplexity\n\n| set | before | after |\n| --- | ---: | ---: |\n");
    for (var row : summary.perplexities()) {
      card.append(
          String.format(
              Locale.ROOT, "| %s | %.3f | %.3f |%n", row.name(), row.before(), row.after()));
    }
    card.append("\n## Data\n\n| corpus | sha256 of its manifest |\n| --- | --- |\n");
    summary
        .corpora()
        .forEach((name, digest) -> card.append("| %s | `%s` |%n".formatted(name, digest)));
    var training = run.training();
    card.append("\n## Hyper-parameters\n\n| name | value |\n| --- | --- |\n");
    row(card, "sequence length", run.sequenceLength());
    row(card, "global batch size", training.globalBatchSize());
    row(card, "learning rate", training.learningRate());
    row(card, "minimum learning rate", training.minLearningRate());
    row(card, "warm-up steps", training.warmupSteps());
    row(card, "schedule", String.valueOf(training.schedule()).toLowerCase(Locale.ROOT));
    row(card, "optimizer", run.optimizer());
    row(card, "parallelism", run.parallelism());
    row(card, "seed", run.seed());
    return card.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void row(StringBuilder card, String name, Object value) {
    card.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }
}
