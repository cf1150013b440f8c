package dev.keizoku.storage.s3;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.S3Uri;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.XmlParserException;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Which answers of an S3 API pass and which only the user can mend. */
final class S3Faults {
  private static final Set<String> MISSING_OBJECT =
      Set.of("NoSuchKey", "NoSuchObject", "ResourceNotFound", "NotFound");
  private static final Set<String> REFUSED_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthorizationHeaderMalformed");
  private static final Set<String> PASSING =
      Set.of(
          "SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "OperationAborted");

  /** What MinIO and Ceph say of a full disk and of a quota; S3 itself is never full. */
  private static final Set<String> FULL =
      Set.of(
          "XMinioStorageFull",
          "XMinioAdminBucketQuotaExceeded",
          "XMinioObjectQuotaExceeded",
          "StorageFull",
          "InsufficientStorage",
          "QuotaExceeded");

  private static final int INSUFFICIENT_STORAGE = 507;
  private static final Pattern STATUS = Pattern.compile("Response code: (\\d{3})");

  private S3Faults() {}

  /** The fault that no retry mends, or null for one that may pass. */
  static RunFault lasting(Throwable e, StoreUri uri) {
    return switch (e) {
      // Of the keys' files, which the client reads in the middle of a call.
      case RunFault own -> own;
      case ErrorResponseException answer -> lasting(answer, uri);
      case InvalidResponseException answer -> lasting(answer, uri);
      case XmlParserException answer -> notS3(uri, answer);
      case IllegalArgumentException invalid ->
          RunFault.userError(
              Reason.INVALID_URI, uri + " cannot be used: " + invalid.getMessage(), invalid);
      default -> e.getCause() == null ? null : lastingCause(e, uri);
    };
  }

  private static RunFault lastingCause(Throwable e, StoreUri uri) {
    var cause = e.getCause();
    if (cause instanceof SSLException || cause instanceof CertificateException) {
      return RunFault.userError(
          Reason.STORAGE_NOT_TRUSTED,
          "The TLS connection to the storage failed (%s); check https in storage.endpoint, its certificate and storage.caBundle."
              .formatted(cause.getMessage()),
          e);
    }
    return cause == e ? null : lasting(cause, uri);
  }

  private static RunFault lasting(ErrorResponseException answer, StoreUri uri) {
    var code = answer.errorResponse().code();
    var status = answer.response() == null ? 0 : answer.response().code();
    if (FULL.contains(code) || status == INSUFFICIENT_STORAGE) {
      return StorageFaults.full(uri, code, answer);
    }
    if (PASSING.contains(code) || status >= 500 || status == 429) {
      return null;
    }
    if (code.equals("NoSuchBucket")) {
      return StorageFaults.bucketNotFound(((S3Uri) uri).bucket());
    }
    if (MISSING_OBJECT.contains(code)) {
      return StorageFaults.notFound(uri);
    }
    if (code.equals("InvalidRange")) {
      return StorageFaults.tooShort(uri);
    }
    if (REFUSED_KEYS.contains(code)) {
      return RunFault.userError(
          Reason.STORAGE_CREDENTIALS_REFUSED,
          "The storage refused the credentials for %s (%s); correct the access key and secret key."
              .formatted(uri, code),
          answer);
    }
    if (code.equals("AccessDenied") || status == 401 || status == 403) {
      return RunFault.userError(
          Reason.STORAGE_ACCESS_DENIED,
          "The storage denies these credentials the use of %s (%s); correct the keys or grant access to the bucket."
              .formatted(uri, code),
          answer);
    }
    if (code.equals("PreconditionFailed")) {
      return RunFault.tryAgain(
          Reason.OBJECT_CHANGED, uri + " was replaced while it was being read.", answer);
    }
    return RunFault.userError(
        Reason.STORAGE_REFUSED,
        "The storage refused %s: %s (%s).".formatted(uri, answer.errorResponse().message(), code),
        answer);
  }

  /** An answer that is not S3's XML, as of a proxy. */
  private static RunFault lasting(InvalidResponseException answer, StoreUri uri) {
    int status = status(answer);
    if (status == INSUFFICIENT_STORAGE) {
      return StorageFaults.full(uri, "507 Insufficient Storage", answer);
    }
    return status >= 500 ? null : notS3(uri, answer);
  }

  private static RunFault notS3(StoreUri uri, Exception e) {
    return RunFault.userError(
        Reason.ENDPOINT_NOT_S3,
        "What answers at storage.endpoint for %s is not an S3 API; correct its host and port."
            .formatted(uri),
        e);
  }

  private static int status(InvalidResponseException e) {
    var matcher = STATUS.matcher(String.valueOf(e.getMessage()));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  static RunFault invalidEndpoint(String endpoint, Exception e) {
    // The endpoint itself is not repeated: someone may have put a password into the URL.
    return RunFault.userError(
        Reason.INVALID_ENDPOINT,
        "storage.endpoint is not the URL of an S3 API such as http://minio:9000 ("
            + String.valueOf(e.getMessage()).replace(endpoint, "...")
            + ").",
        e);
  }

  static boolean isMissingObject(Exception e) {
    return e instanceof ErrorResponseException answer
        && MISSING_OBJECT.contains(answer.errorResponse().code());
  }

  static boolean isOwnBucket(Exception e) {
    return e instanceof ErrorResponseException answer
        && answer.errorResponse().code().startsWith("BucketAlready");
  }

  static boolean isMissingUpload(Exception e) {
    return e instanceof ErrorResponseException answer
        && answer.errorResponse().code().equals("NoSuchUpload");
  }
}
