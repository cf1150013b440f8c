package dev.keizoku.storage.s3;

import dev.keizoku.contract.fault.FailedTask;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.S3Uri;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.remote.ResumingStream;
import dev.keizoku.storage.remote.Retries;
import dev.keizoku.storage.remote.RetryPolicy;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.RemoveObjectsArgs;
import io.minio.StatObjectArgs;
import io.minio.messages.DeleteRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Any S3 API, addressed by path ({@code endpoint/bucket/key}), without vendor calls. */
public final class S3ObjectStore implements ObjectStore {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);
  private static final int DELETE_BATCH = 1000;

  private final MinioAsyncClient client;
  private final Retries retries;

  /** Connects when it is first used. */
  public S3ObjectStore(StorageSpec spec, Credentials credentials, RetryPolicy retryPolicy) {
    client = connect(spec, credentials);
    retries = new Retries(retryPolicy, S3Faults::lasting);
  }

  private static MinioAsyncClient connect(StorageSpec spec, Credentials credentials) {
    try {
      var client =
          MinioAsyncClient.builder()
              .endpoint(spec.endpoint())
              // A given region also spares a GetBucketLocation request for every bucket.
              .region(spec.region() == null ? "us-east-1" : spec.region())
              .credentialsProvider(credentials.provider())
              .build();
      client.disableVirtualStyleEndpoint();
      client.setTimeout(
          CONNECT_TIMEOUT.toMillis(), TRANSFER_TIMEOUT.toMillis(), TRANSFER_TIMEOUT.toMillis());
      // Retries has one patience for everything; the client's own would multiply it.
      client.setRetry(Set.of(599), 1L, 1);
      return client;
    } catch (IllegalArgumentException e) {
      throw S3Faults.invalidEndpoint(spec.endpoint(), e);
    }
  }

  @Override
  public Optional<ObjectInfo> stat(StoreUri uri) {
    var at = (S3Uri) uri;
    if (at.isFolder()) {
      return Optional.empty();
    }
    var args = StatObjectArgs.builder().bucket(at.bucket()).object(at.key()).build();
    return retries.call(
        "stat",
        uri,
        () -> {
          try {
            var object = await(client.statObject(args));
            return Optional.of(new ObjectInfo(uri, object.size(), tag(object.etag())));
          } catch (Exception e) {
            if (S3Faults.isMissingObject(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** As a list writes it or as a header does. */
  private static String tag(String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }

  @Override
  public List<ObjectInfo> list(StoreUri folder) {
    var at = (S3Uri) folder;
    var prefix = at.isFolder() ? at.key() : at.key() + "/";
    var args = ListObjectsArgs.builder().bucket(at.bucket()).prefix(prefix).recursive(true).build();
    return retries.call(
        "list",
        folder,
        () -> {
          var found = new ArrayList<ObjectInfo>();
          for (var result : client.listObjects(args)) {
            var item = result.get();
            if (!item.isDir() && !item.objectName().endsWith("/")) {
              found.add(new ObjectInfo(at.at(item.objectName()), item.size(), tag(item.etag())));
            }
          }
          found.sort(ObjectInfo.BY_URI);
          return List.copyOf(found);
        });
  }

  @Override
  public InputStream open(StoreUri uri) {
    return ResumingStream.open(uri, retries, new S3Opener((S3Uri) uri, client));
  }

  @Override
  public byte[] readRange(StoreUri uri, long offset, int length) {
    if (length == 0) {
      return new byte[0];
    }
    var at = (S3Uri) uri;
    var args =
        GetObjectArgs.builder()
            .bucket(at.bucket())
            .object(at.key())
            .offset(offset)
            .length((long) length)
            .build();
    return retries.call(
        "read",
        uri,
        () -> {
          try (var response = await(client.getObject(args))) {
            var bytes = new byte[length];
            if (response.readNBytes(bytes, 0, length) < length) {
              // Either a broken connection or a short object: the server knows.
              if (stat(uri).map(ObjectInfo::bytes).orElse(0L) < offset + length) {
                throw StorageFaults.tooShort(uri);
              }
              throw new EOFException("connection ended early");
            }
            return bytes;
          }
        });
  }

  @Override
  public ObjectUpload create(StoreUri uri) {
    return new S3Upload((S3Uri) uri, client, retries);
  }

  @Override
  public int dropUnfinished(StoreUri uri) {
    return S3Upload.dropUnfinished((S3Uri) uri, client);
  }

  @Override
  public void delete(StoreUri uri) {
    var at = (S3Uri) uri;
    var args = RemoveObjectArgs.builder().bucket(at.bucket()).object(at.key()).build();
    retries.call("delete", uri, () -> await(client.removeObject(args)));
  }

  @Override
  public int deleteFolder(StoreUri folder) {
    var bucket = ((S3Uri) folder).bucket();
    var objects = list(folder);
    for (int from = 0; from < objects.size(); from += DELETE_BATCH) {
      var batch =
          objects.subList(from, Math.min(from + DELETE_BATCH, objects.size())).stream()
              .map(object -> new DeleteRequest.Object(object.uri().path()))
              .toList();
      var args = RemoveObjectsArgs.builder().bucket(bucket).objects(batch).build();
      retries.call(
          "delete",
          folder,
          () -> {
            for (var failure : client.removeObjects(args)) {
              throw new IOException(failure.get().toString());
            }
            return null;
          });
    }
    return objects.size();
  }

  @Override
  public void ensureBucket(StoreUri uri) {
    var bucket = ((S3Uri) uri).bucket();
    retries.call(
        "make bucket",
        uri,
        () -> {
          if (!await(client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()))) {
            try {
              await(client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build()));
            } catch (Exception e) {
              if (!S3Faults.isOwnBucket(e)) {
                throw e;
              }
            }
          }
          return null;
        });
  }

  /** The future's value; what it failed with is thrown bare. */
  static <T> T await(CompletableFuture<T> future) throws Exception {
    try {
      // The transfer timeout bounds each read and write; this bounds a server that trickles.
      return future.get(TRANSFER_TIMEOUT.toSeconds() * 10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw FailedTask.cause(e);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing the S3 client failed", e);
    }
  }
}
