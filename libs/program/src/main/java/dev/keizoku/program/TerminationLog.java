package dev.keizoku.program;

import dev.keizoku.contract.result.FinalReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * The option that says where the kubelet reads a container's termination message (a picocli mixin).
 */
public final class TerminationLog {
  @Option(
      names = "--termination-log",
      defaultValue = "/dev/termination-log",
      description =
          "File that the final report is written to. Default: /dev/termination-log, if it exists.")
  private Path file;

  /** True in a container, where the kubelet has made the file. */
  boolean exists() {
    return Files.exists(file);
  }

  /** Writes {@code report} there; outside of a pod there is no such file, and nothing is done. */
  public void write(FinalReport report) {
    if (!exists()) {
      return;
    }
    try {
      Files.writeString(file, TerminationMessage.encode(report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
