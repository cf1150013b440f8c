package dev.keizoku.program;

import dev.keizoku.contract.run.CheckpointWish;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that every program's command line has (a picocli mixin). */
public final class ProgramOptions {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN.yaml",
      description =
          "The run file: the same YAML that the operator mounts at /etc/keizoku/run.yaml.")
  Path runFile;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description =
          "TCP port of /progress, /metrics and /healthz; 0 takes a free one. Default: 8080.")
  int port;

  @Mixin TerminationLog terminationLog;

  @Mixin Scratch scratch;

  @Option(
      names = "--grace",
      defaultValue = "PT110S",
      description = "How long SIGTERM waits for the work to save. Default: PT110S.")
  Duration grace;

  @Option(
      names = "--checkpoint",
      defaultValue = "${env:" + CheckpointWish.VARIABLE + "}",
      description =
          "The wish for a checkpoint that was there before the run began: nothing is saved for it."
              + " Default: $"
              + CheckpointWish.VARIABLE
              + ".")
  String checkpoint;
}
