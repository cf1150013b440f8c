package dev.keizoku.program.store;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code store}: what every program can do with an object store, whatever its own work is. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description = "Copies to and from an object store, and deletes there.",
    footer = {"", "Credentials of s3:// come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."})
public final class StoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  private StoreCommand() {}

  /** The group with its commands. */
  public static CommandLine line(Map<String, String> environment) {
    return new CommandLine(new StoreCommand())
        .addSubcommand(new MakeBucketCommand(environment))
        .addSubcommand(new UploadCommand(environment))
        .addSubcommand(new DownloadCommand(environment))
        .addSubcommand(new DeleteCommand(environment));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Name a command of store: " + String.join(", ", spec.subcommands().keySet()));
  }
}
