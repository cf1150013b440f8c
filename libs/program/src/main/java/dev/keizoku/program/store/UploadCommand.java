package dev.keizoku.program.store;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
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

/** {@code store upload LOCAL URI}. */
@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description = "Copies a local file or folder below a URI; what is there already is skipped.")
final class UploadCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Mixin private StoreOptions storage;

  @Parameters(index = "0", paramLabel = "LOCAL", description = "A file or a folder.")
  private Path local;

  @Parameters(index = "1", paramLabel = "URI", description = "The folder to copy to.")
  private String uri;

  UploadCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    int copied = 0;
    var files = files();
    var folder = StoreUri.parse(uri);
    try (var store = storage.open(environment)) {
      for (var file : files) {
        var relative = local.equals(file) ? file.getFileName() : local.relativize(file);
        copied += copy(store, file, folder.child(relative.toString())) ? 1 : 0;
      }
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d files copied to %s, %d were there%n",
            copied,
            uri,
            files.size() - copied);
    return 0;
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(local)) {
      throw RunFault.userError(
          Reason.FILE_NOT_FOUND, "There is no " + local + "; correct the path.");
    }
    try (var paths = Files.walk(local)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static boolean copy(ObjectStore store, Path file, StoreUri to) throws IOException {
    var there = store.stat(to);
    if (there.isPresent() && there.get().bytes() == Files.size(file)) {
      try (var in = store.open(to)) {
        if (Digests.sha256(in).equals(Digests.sha256(file))) {
          return false;
        }
      }
    }
    store.upload(file, to);
    return true;
  }
}
