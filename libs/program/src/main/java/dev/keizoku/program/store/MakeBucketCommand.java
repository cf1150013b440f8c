package dev.keizoku.program.store;

import dev.keizoku.storage.StoreUri;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code store make-bucket URI}. */
@Command(
    name = "make-bucket",
    mixinStandardHelpOptions = true,
    description = "Makes the bucket of a URI unless it is there.")
final class MakeBucketCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Mixin private StoreOptions storage;

  @Parameters(paramLabel = "URI", arity = "1..*", description = "s3://bucket")
  private String[] uris;

  MakeBucketCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (var store = storage.open(environment)) {
      for (var uri : uris) {
        store.ensureBucket(StoreUri.parse(uri));
      }
    }
    return 0;
  }
}
