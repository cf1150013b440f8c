package dev.keizoku.storage;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;

/** What every URI must keep to, and the sentences for those that do not. */
final class UriForm {
  private UriForm() {}

  static RunFault invalid(String uri) {
    return RunFault.userError(
        Reason.INVALID_URI,
        "'"
            + uri
            + "' is not a URI of the form s3://bucket/key, file:///path, hf://owner/name@revision"
            + " or https://host/path (a bucket has 3 to 63 lower-case letters, digits, '.' and"
            + " '-').");
  }

  /**
   * Checks that a path stays in its folder.
   *
   * @param uri the whole, for the sentence
   */
  static void check(String path, String uri) {
    for (var segment : path.split("/", -1)) {
      // An S3 key may hold "..", but MinIO refuses it and a file must not leave its folder.
      if (segment.equals("..") || segment.equals(".") || segment.indexOf('\0') >= 0) {
        throw RunFault.userError(
            Reason.INVALID_URI, "'" + uri + "' must not contain '" + segment + "'.");
      }
    }
  }
}
