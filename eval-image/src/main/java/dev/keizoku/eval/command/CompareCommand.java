package dev.keizoku.eval.command;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.report.ComparisonReport;
import dev.keizoku.eval.report.ComparisonText;
import dev.keizoku.eval.report.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eval compare BASE CANDIDATE...}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares models by what their runs have kept, ours or lm-evaluation-harness', without a model:",
      "paired by question where samples were kept, by score and standard error where not."
    })
public final class CompareCommand implements Callable<Integer> {
  private static final double ALPHA = 0.05;

  @Spec private CommandSpec spec;

  @Mixin private KeptModels kept;

  @Option(names = "--page", description = "Writes the comparison as a page too.")
  private Path page;

  @Option(
      names = "--language",
      defaultValue = "EN",
      description = "Of what is said and of the page: en or ja (default en).")
  private Language language;

  @Override
  public Integer call() throws IOException {
    var rows = kept.compare(ALPHA);
    var reading = new Reading(kept.confidence(), kept.margin(), null, Reading.words(language));
    var out = spec.commandLine().getOut();
    ComparisonText.lines(rows, reading).forEach(out::println);
    if (!kept.leftOut().isEmpty()) {
      out.println(ComparisonText.leftOut(kept.leftOut(), reading));
    }
    out.flush();
    if (page != null) {
      Files.write(
          page, ComparisonReport.html(kept.title(), rows, reading, kept.paired(), kept.leftOut()));
    }
    return ExitCode.DONE.code();
  }
}
