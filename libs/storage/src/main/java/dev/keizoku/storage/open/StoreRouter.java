package dev.keizoku.storage.open;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.storage.FileUri;
import dev.keizoku.storage.HttpsUri;
import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.S3Uri;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.file.FileObjectStore;
import dev.keizoku.storage.hub.HubAccess;
import dev.keizoku.storage.hub.HubObjectStore;
import dev.keizoku.storage.remote.RetryPolicy;
import dev.keizoku.storage.s3.Credentials;
import dev.keizoku.storage.s3.S3ObjectStore;
import dev.keizoku.storage.web.WebAccess;
import dev.keizoku.storage.web.WebStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The store of a program, which sends each call to the store of its URI: {@code file://} and, for
 * reading, {@code hf://} and {@code https://} always, {@code s3://} where an endpoint is given. S3
 * and hub are connected when they are first asked.
 */
public final class StoreRouter implements ObjectStore {
  private final ObjectStore files = new FileObjectStore();
  private final StorageSpec spec;
  private final Credentials credentials;
  private final RetryPolicy retryPolicy;
  private final HubAccess hubAccess;
  private final WebAccess webAccess;
  private ObjectStore hub;
  private ObjectStore web;
  private ObjectStore s3;

  private StoreRouter(
      StorageSpec spec,
      Credentials credentials,
      HubAccess hubAccess,
      WebAccess webAccess,
      RetryPolicy retryPolicy) {
    this.spec = spec;
    this.credentials = credentials;
    this.retryPolicy = retryPolicy;
    this.hubAccess = hubAccess;
    this.webAccess = webAccess;
  }

  /**
   * A store for all schemes, with {@link RetryPolicy#DEFAULT}.
   *
   * @param spec endpoint and region; null or without an endpoint when only {@code file://} is used
   * @param credentials of the endpoint; may be null under the same condition
   */
  public static ObjectStore open(StorageSpec spec, Credentials credentials) {
    return open(spec, credentials, RetryPolicy.DEFAULT);
  }

  /**
   * The store that a program uses: credentials and hub as its environment gives them.
   *
   * @param environment read by a {@code *Main}; see {@link Credentials#fromEnvironment} and {@link
   *     HubAccess#fromEnvironment}
   */
  public static ObjectStore fromEnvironment(StorageSpec spec, Map<String, String> environment) {
    return new StoreRouter(
        spec,
        Credentials.fromEnvironment(environment),
        HubAccess.fromEnvironment(environment),
        WebAccess.fromEnvironment(environment),
        RetryPolicy.DEFAULT);
  }

  /** The same with another patience. */
  public static ObjectStore open(
      StorageSpec spec, Credentials credentials, RetryPolicy retryPolicy) {
    return open(spec, credentials, HubAccess.fromEnvironment(Map.of()), retryPolicy);
  }

  /** The same with another hub than the public one. */
  public static ObjectStore open(StorageSpec spec, Credentials credentials, HubAccess hub) {
    return open(spec, credentials, hub, RetryPolicy.DEFAULT);
  }

  /** The same with another hub and another patience. */
  public static ObjectStore open(
      StorageSpec spec, Credentials credentials, HubAccess hub, RetryPolicy retryPolicy) {
    return new StoreRouter(
        spec, credentials, hub, WebAccess.fromEnvironment(Map.of()), retryPolicy);
  }

  private ObjectStore of(StoreUri uri) {
    return switch (uri) {
      case FileUri file -> files;
      case HubUri model -> hub();
      case HttpsUri file -> web();
      case S3Uri object -> s3(object);
    };
  }

  private synchronized ObjectStore web() {
    web = web == null ? new WebStore(webAccess, retryPolicy) : web;
    return web;
  }

  private synchronized ObjectStore hub() {
    hub = hub == null ? new HubObjectStore(hubAccess, retryPolicy) : hub;
    return hub;
  }

  private synchronized ObjectStore s3(S3Uri uri) {
    if (s3 == null) {
      if (spec == null || spec.endpoint() == null || spec.endpoint().isBlank()) {
        throw RunFault.userError(
            Reason.STORAGE_ENDPOINT_MISSING,
            uri + " needs storage.endpoint, the URL of an S3 API.");
      }
      if (credentials == null) {
        throw RunFault.userError(
            Reason.STORAGE_CREDENTIALS_MISSING,
            uri
                + " needs credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                + " (in a cluster: the Secret of storage.secretRef), or give the pod an identity of"
                + " its cloud.");
      }
      s3 = new S3ObjectStore(spec, credentials, retryPolicy);
    }
    return s3;
  }

  @Override
  public Optional<ObjectInfo> stat(StoreUri uri) {
    return of(uri).stat(uri);
  }

  @Override
  public Optional<String> digest(StoreUri uri) {
    return of(uri).digest(uri);
  }

  @Override
  public List<ObjectInfo> list(StoreUri folder) {
    return of(folder).list(folder);
  }

  @Override
  public InputStream open(StoreUri uri) {
    return of(uri).open(uri);
  }

  @Override
  public byte[] readRange(StoreUri uri, long offset, int length) {
    return of(uri).readRange(uri, offset, length);
  }

  @Override
  public byte[] read(StoreUri uri) {
    return of(uri).read(uri);
  }

  @Override
  public Artifact put(StoreUri uri, byte[] content) {
    return of(uri).put(uri, content);
  }

  @Override
  public ObjectUpload create(StoreUri uri) {
    return of(uri).create(uri);
  }

  @Override
  public Artifact upload(Path file, StoreUri uri) {
    return of(uri).upload(file, uri);
  }

  @Override
  public Artifact download(StoreUri uri, Path file) {
    return of(uri).download(uri, file);
  }

  @Override
  public Artifact download(StoreUri uri, Path file, LongConsumer received) {
    return of(uri).download(uri, file, received);
  }

  @Override
  public int dropUnfinished(StoreUri uri) {
    return of(uri).dropUnfinished(uri);
  }

  @Override
  public void delete(StoreUri uri) {
    of(uri).delete(uri);
  }

  @Override
  public int deleteFolder(StoreUri folder) {
    return of(folder).deleteFolder(folder);
  }

  @Override
  public void ensureBucket(StoreUri uri) {
    of(uri).ensureBucket(uri);
  }

  @Override
  public synchronized void close() {
    files.close();
    if (hub != null) {
      hub.close();
    }
    if (web != null) {
      web.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }
}
