package dev.keizoku.eval.command;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.api.ChatEndpoint;
import dev.keizoku.eval.api.EndpointLimits;
import dev.keizoku.eval.api.KeyFile;
import dev.keizoku.eval.judge.AnswerPair;
import dev.keizoku.eval.judge.Judge;
import dev.keizoku.eval.judge.JudgedCandidate;
import dev.keizoku.eval.judge.Judgement;
import dev.keizoku.eval.judge.JudgementFile;
import dev.keizoku.eval.judge.Rubric;
import dev.keizoku.eval.judge.WrittenPairs;
import dev.keizoku.eval.report.JudgeSection;
import dev.keizoku.eval.report.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eval judge SAMPLES}. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a model behind an OpenAI-compatible endpoint compare what two models wrote, by a"
          + " rubric,",
      "each pair in both orders. Answers are kept in --out as they come: the same call goes on"
          + " where",
      "it was stopped, and asks again what was unscored."
    })
public final class JudgeCommand implements Callable<Integer> {
  private static final int ATTEMPTS = 6;
  private static final int MOST_BYTES = 1 << 18;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SAMPLES", description = "The samples.jsonl of a run.")
  private Path samples;

  @Option(names = "--base", required = true, description = "Name of the base model there.")
  private String base;

  @Option(names = "--candidate", required = true, description = "Name of the candidate there.")
  private String candidate;

  @Option(
      names = "--endpoint",
      required = true,
      description = "Such as https://api.example.com/v1; /chat/completions is added.")
  private URI endpoint;

  @Option(names = "--model", required = true, description = "The judge, as the endpoint calls it.")
  private String model;

  @Option(
      names = "--key-file",
      description = "File with the endpoint's key, of a mounted Secret, say. Default: no key.")
  private Path keyFile;

  @Option(
      names = "--rubric",
      required = true,
      description = "File that says what makes an answer good.")
  private Path rubric;

  @Option(names = "--out", required = true, description = "File that the judgements are kept in.")
  private Path out;

  @Option(
      names = "--at-once",
      defaultValue = "4",
      description = "Questions on their way at a time, 1 to 64 (default ${DEFAULT-VALUE}).")
  private int atOnce;

  @Option(
      names = "--timeout",
      defaultValue = "120",
      description = "Seconds that one answer may take (default ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = "--max-tokens",
      defaultValue = "1024",
      description = "Most tokens of the judge's answer (default ${DEFAULT-VALUE}).")
  private int maxTokens;

  @Override
  public Integer call() throws InterruptedException {
    if (atOnce < 1 || atOnce > 64 || timeout < 1 || maxTokens < 1) {
      throw RunFault.userError(
          Reason.RUN_FILE_INVALID,
          "--at-once is 1 to 64, --timeout and --max-tokens are at least 1.");
    }
    var pairs = pairs();
    var key = keyFile == null ? null : KeyFile.read(keyFile);
    var limits = EndpointLimits.usual(Duration.ofSeconds(timeout), ATTEMPTS, maxTokens);
    List<Judgement> judgements;
    try (var judge = new ChatEndpoint(endpoint, model, key, limits);
        var kept = JudgementFile.open(out)) {
      var by = new Rubric(judge.identity(), text(rubric));
      judgements = new Judge(judge, by, atOnce).all(pairs, kept, answered -> {}, () -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var words = Reading.words(Language.EN);
    new JudgedCandidate(candidate, judgements)
        .byTask()
        .forEach(
            (task, of) ->
                spec.commandLine()
                    .getOut()
                    .println(task + ": " + JudgeSection.sentence(of, candidate, base, words)));
    spec.commandLine().getOut().flush();
    return ExitCode.DONE.code();
  }

  private List<AnswerPair> pairs() {
    try (var lines = Files.newBufferedReader(samples)) {
      return WrittenPairs.of(lines, base, candidate);
    } catch (IOException e) {
      throw unreadable(samples);
    }
  }

  /** A rubric: what is larger is another file. */
  private static String text(Path file) {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw RunFault.userError(
            Reason.RUN_FILE_INVALID,
            "%s has more than %d KiB; give a rubric that a request can hold."
                .formatted(file, MOST_BYTES >> 10));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(file);
    }
  }

  private static RunFault unreadable(Path file) {
    return RunFault.userError(
        Reason.FILE_NOT_FOUND, "Cannot read %s; give the path of a text file.".formatted(file));
  }
}
