package dev.keizoku.program.store;

import dev.keizoku.storage.StoreUri;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code store delete FOLDER...}: what the operator runs for {@code retention.onDelete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Deletes everything below a folder of an object store.")
final class DeleteCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions storage;

  @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "s3://bucket/path/")
  private String[] folders;

  DeleteCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (var store = storage.open(environment)) {
      for (var folder : folders) {
        spec.commandLine()
            .getOut()
            .println(
                store.deleteFolder(StoreUri.parse(folder)) + " objects deleted below " + folder);
      }
    }
    return 0;
  }
}
