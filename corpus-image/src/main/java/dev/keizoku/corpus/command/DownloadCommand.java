package dev.keizoku.corpus.command;

import dev.keizoku.contract.RunFault;
import dev.keizoku.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code corpus download URI LOCAL}. */
@Command(
    name = "download",
    mixinStandardHelpOptions = true,
    description = "Copies an object, or all objects below a folder, to a local folder.")
public final class DownloadCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Mixin private StoreOptions storage;

  @Parameters(index = "0", paramLabel = "URI", description = "An object, or a folder.")
  private String uri;

  @Parameters(index = "1", paramLabel = "LOCAL", description = "The folder to copy to.")
  private Path local;

  public DownloadCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    try (var store = storage.open(environment)) {
      var single = store.stat(uri).isPresent();
      var objects = single ? List.of(uri) : below(store);
      var folder = single ? uri.substring(0, uri.lastIndexOf('/')) : uri;
      for (var object : objects) {
        var relative = object.substring(folder.length()).replaceFirst("^/+", "");
        var file = local.resolve(relative).normalize();
        if (!file.startsWith(local.normalize())) {
          throw RunFault.userError(
              "NameNotSafe", object + " would be written outside " + local + "; rename it.");
        }
        Files.createDirectories(file.getParent());
        store.download(object, file);
      }
      System.out.printf("%d files copied to %s%n", objects.size(), local);
    }
    return 0;
  }

  private List<String> below(ObjectStore store) {
    var below = store.list(uri).stream().map(object -> object.uri()).toList();
    if (below.isEmpty()) {
      throw RunFault.userError("ObjectNotFound", "There is nothing at " + uri + "; correct it.");
    }
    return below;
  }
}
