package dev.keizoku.corpus;

import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.corpus.build.CorpusBuild;
import dev.keizoku.corpus.command.DiffCommand;
import dev.keizoku.corpus.command.ExtractCommand;
import dev.keizoku.corpus.command.InspectCommand;
import dev.keizoku.corpus.command.ShowCommand;
import dev.keizoku.program.Program;
import dev.keizoku.program.ProgramLine;
import dev.keizoku.program.ProgramOptions;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.open.WatchedStore;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of the corpus program. */
@Command(
    name = "corpus",
    mixinStandardHelpOptions = true,
    description =
        "Builds a corpus version: reads documents, cleans and filters them, drops duplicates,"
            + " tokenizes and writes shards to an object store.",
    footer = {
      "",
      "Credentials of s3:// come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
      "Exit codes: 0 done, 42 you must change something, 75 try again, 143 stopped by SIGTERM."
    })
public final class CorpusMain implements Callable<Integer> {
  private final Map<String, String> environment;

  @Mixin private ProgramOptions options;

  @Option(
      names = "--threads",
      description = "Threads that read and tokenize. Default: one a processor.")
  private Integer threads;

  private CorpusMain(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs the program and exits with its code. */
  public static void main(String[] arguments) {
    // Fonts that a PDF lacks do not matter to its text, and a pod's home cannot hold their cache.
    System.setProperty("org.slf4j.simpleLogger.log.org.apache.pdfbox", "error");
    System.setProperty("org.slf4j.simpleLogger.log.org.apache.fontbox", "error");
    System.setProperty("pdfbox.fontcache", System.getProperty("java.io.tmpdir"));
    System.exit(run(System.getenv(), arguments));
  }

  /** Runs the program and returns its exit code. */
  static int run(Map<String, String> environment, String... arguments) {
    var subcommands =
        new Object[] {
          new InspectCommand(environment),
          new ShowCommand(environment),
          new DiffCommand(environment),
          new ExtractCommand(environment)
        };
    return ProgramLine.run(new CorpusMain(environment), environment, subcommands, arguments);
  }

  @Override
  public Integer call() {
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    var program = new Program<>("keizoku_corpus", CorpusRun.class, CorpusRun::runUid);
    return program.run(
        options,
        (run, context) -> {
          try (var store =
              new WatchedStore(
                  StoreRouter.fromEnvironment(run.storage(), environment),
                  context.progress()::moved)) {
            return new CorpusBuild(
                    store, context.scratch(), Math.max(1, workers), CorpusBuild.PART_BYTES)
                .build(run, context);
          }
        });
  }
}
