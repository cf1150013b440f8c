package dev.keizoku.program.store;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code store download URI LOCAL}. */
@Command(
    name = "download",
    mixinStandardHelpOptions = true,
    description = "Copies an object, or all objects below a folder, to a local folder.")
final class DownloadCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions storage;

  @Parameters(index = "0", paramLabel = "URI", description = "An object, or a folder.")
  private String uri;

  @Parameters(index = "1", paramLabel = "LOCAL", description = "The folder to copy to.")
  private Path local;

  DownloadCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    try (var store = storage.open(environment)) {
      var given = StoreUri.parse(uri);
      var single = store.stat(given).isPresent();
      var objects = single ? List.of(given) : below(store, given);
      var folder = single ? given.parent() : given;
      for (var object : objects) {
        var file = local.resolve(folder.relativize(object)).normalize();
        if (!file.startsWith(local.normalize())) {
          throw RunFault.userError(
              Reason.NAME_NOT_SAFE, object + " would be written outside " + local + "; rename it.");
        }
        Files.createDirectories(file.getParent());
        store.download(object, file);
      }
      spec.commandLine()
          .getOut()
          .printf(Locale.ROOT, "%d files copied to %s%n", objects.size(), local);
    }
    return 0;
  }

  private static List<StoreUri> below(ObjectStore store, StoreUri folder) {
    var below = store.list(folder).stream().map(ObjectInfo::uri).toList();
    if (below.isEmpty()) {
      throw RunFault.userError(
          Reason.OBJECT_NOT_FOUND, "There is nothing at " + folder + "; correct it.");
    }
    return below;
  }
}
