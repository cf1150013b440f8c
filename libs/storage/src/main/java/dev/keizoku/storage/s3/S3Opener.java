package dev.keizoku.storage.s3;

import dev.keizoku.storage.S3Uri;
import dev.keizoku.storage.remote.ResumingStream;
import io.minio.GetObjectArgs;
import io.minio.MinioAsyncClient;

/** Opens one object again and again, and only while it is still the one that was opened first. */
final class S3Opener implements ResumingStream.Opener {
  private final S3Uri uri;
  private final MinioAsyncClient client;
  private String etag;

  S3Opener(S3Uri uri, MinioAsyncClient client) {
    this.uri = uri;
    this.client = client;
  }

  @Override
  public ResumingStream.Rest open(long offset) throws Exception {
    var args = GetObjectArgs.builder().bucket(uri.bucket()).object(uri.key());
    if (offset > 0) {
      args.offset(offset).matchETag(etag);
    }
    var response = S3ObjectStore.await(client.getObject(args.build()));
    if (offset == 0) {
      etag = response.headers().get("ETag").replace("\"", "");
    }
    var left = Long.parseLong(response.headers().get("Content-Length"));
    return new ResumingStream.Rest(response, offset + left);
  }
}
