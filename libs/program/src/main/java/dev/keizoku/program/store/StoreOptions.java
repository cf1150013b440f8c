package dev.keizoku.program.store;

import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.hub.HubAccess;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.remote.RetryPolicy;
import dev.keizoku.storage.s3.Credentials;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a subcommand reaches the object store (a picocli mixin). */
public final class StoreOptions {
  @Option(
      names = "--endpoint",
      description = "URL of the S3 API. Default: AWS_ENDPOINT_URL_S3, else AWS_ENDPOINT_URL.")
  private String endpoint;

  @Option(names = "--region", description = "S3 region. Default: us-east-1.")
  private String region;

  @Option(
      names = "--patience",
      defaultValue = "PT2M",
      description = "How long a store that is away is waited for. Default: PT2M.")
  private Duration patience;

  /** Opens it, with the keys of the process's environment. */
  public ObjectStore open(Map<String, String> environment) {
    var anyService = environment.get("AWS_ENDPOINT_URL");
    var url =
        endpoint == null ? environment.getOrDefault("AWS_ENDPOINT_URL_S3", anyService) : endpoint;
    return StoreRouter.open(
        new StorageSpec(url, region),
        Credentials.fromEnvironment(environment),
        HubAccess.fromEnvironment(environment),
        RetryPolicy.upTo(patience));
  }
}
