package dev.keizoku.storage.s3;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.S3Uri;
import dev.keizoku.storage.remote.Retries;
import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.UploadPartArgs;
import io.minio.messages.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object on its way to an S3 API: parts of 16 MiB by multipart upload, or one PUT when it is
 * smaller. Holds one part in memory.
 */
final class S3Upload extends ObjectUpload {
  /** S3 takes 10,000 parts of an object: this size allows 156 GiB. */
  static final int PART_BYTES = 16 << 20;

  private static final int MAX_PARTS = 10_000;
  private static final int FIRST_BUFFER_BYTES = 64 << 10;
  private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);

  private final S3Uri uri;
  private final MinioAsyncClient client;
  private final Retries retries;
  private final List<Part> parts = new ArrayList<>();
  private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
  private int filled;
  private String uploadId;

  S3Upload(S3Uri uri, MinioAsyncClient client, Retries retries) {
    super(uri);
    this.uri = uri;
    this.client = client;
    this.retries = retries;
  }

  @Override
  protected void accept(byte[] bytes, int offset, int length) {
    while (length > 0) {
      if (filled == PART_BYTES) {
        sendPart();
      }
      int n = Math.min(length, PART_BYTES - filled);
      if (filled + n > buffer.length) {
        buffer =
            Arrays.copyOf(buffer, Math.min(PART_BYTES, Math.max(2 * buffer.length, filled + n)));
      }
      System.arraycopy(bytes, offset, buffer, filled, n);
      filled += n;
      offset += n;
      length -= n;
    }
  }

  private void sendPart() {
    if (parts.size() == MAX_PARTS) {
      throw RunFault.userError(
          Reason.OBJECT_TOO_LARGE,
          "%s is larger than %d bytes; write it in several files."
              .formatted(uri, (long) MAX_PARTS * PART_BYTES));
    }
    if (uploadId == null) {
      var begin =
          CreateMultipartUploadArgs.builder().bucket(uri.bucket()).object(uri.key()).build();
      uploadId =
          retries
              .call(
                  "begin upload",
                  uri,
                  () -> S3ObjectStore.await(client.createMultipartUpload(begin)))
              .result()
              .uploadId();
    }
    var args =
        UploadPartArgs.builder()
            .bucket(uri.bucket())
            .object(uri.key())
            .uploadId(uploadId)
            .partNumber(parts.size() + 1)
            .data(buffer, filled)
            .build();
    parts.add(
        retries.call(
            "upload part", uri, () -> S3ObjectStore.await(client.uploadPart(args)).part()));
    filled = 0;
  }

  @Override
  protected void complete() {
    if (uploadId == null) {
      var args =
          PutObjectArgs.builder()
              .bucket(uri.bucket())
              .object(uri.key())
              .data(buffer, filled)
              .build();
      retries.call("put", uri, () -> S3ObjectStore.await(client.putObject(args)));
      return;
    }
    if (filled > 0) {
      sendPart();
    }
    var args =
        CompleteMultipartUploadArgs.builder()
            .bucket(uri.bucket())
            .object(uri.key())
            .uploadId(uploadId)
            .parts(parts.toArray(Part[]::new))
            .build();
    retries.call(
        "complete upload",
        uri,
        () -> {
          try {
            return S3ObjectStore.await(client.completeMultipartUpload(args));
          } catch (Exception e) {
            // A completion whose answer was lost: the upload is gone because it has become the
            // object.
            if (S3Faults.isMissingUpload(e) && isThere()) {
              return null;
            }
            throw e;
          }
        });
  }

  private boolean isThere() throws Exception {
    var args = StatObjectArgs.builder().bucket(uri.bucket()).object(uri.key()).build();
    return S3ObjectStore.await(client.statObject(args)).size() == bytes();
  }

  /**
   * Aborts the uploads of an object that were begun and never ended, by whomever. Tidiness alone:
   * keys that may not do it, or a store that cannot, keep nobody from going on.
   */
  static int dropUnfinished(S3Uri uri, MinioAsyncClient client) {
    try {
      return drop(uri, client);
    } catch (Exception e) {
      LOG.warn("could not drop what was begun of {}: {}", uri, e.toString());
      return 0;
    }
  }

  private static int drop(S3Uri uri, MinioAsyncClient client) throws Exception {
    var uploads = new UnfinishedUploads(client).of(uri);
    for (var id : uploads) {
      S3ObjectStore.await(client.abortMultipartUpload(abortion(uri, id)));
    }
    return uploads.size();
  }

  private static AbortMultipartUploadArgs abortion(S3Uri uri, String uploadId) {
    return AbortMultipartUploadArgs.builder()
        .bucket(uri.bucket())
        .object(uri.key())
        .uploadId(uploadId)
        .build();
  }

  @Override
  protected void abort() {
    buffer = null;
    if (uploadId == null) {
      return;
    }
    try {
      // Once only: an abort must not wait minutes for a store that is away.
      S3ObjectStore.await(client.abortMultipartUpload(abortion(uri, uploadId)));
    } catch (Exception e) {
      LOG.warn("could not abort the upload of {}: {}", uri, e.toString());
    }
  }
}
