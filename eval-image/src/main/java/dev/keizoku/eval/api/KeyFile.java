package dev.keizoku.eval.api;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A file that holds an endpoint's key, of a mounted Secret, say. */
public final class KeyFile {
  /** What a header may hold: another letter in it would be repeated by the fault. */
  private static final Pattern KEY = Pattern.compile("[!-~]{1,8192}");

  private static final int MOST_BYTES = 1 << 14;

  private KeyFile() {}

  /**
   * Reads it.
   *
   * @throws RunFault user error {@code FileNotFound} or {@code InvalidEndpoint}, neither with a
   *     word of it
   */
  public static String read(Path file) {
    String key;
    try (var in = Files.newInputStream(file)) {
      key = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw RunFault.userError(
          Reason.FILE_NOT_FOUND,
          "Cannot read the endpoint's key in %s; give a text file with nothing but the key."
              .formatted(file));
    }
    if (!KEY.matcher(key).matches()) {
      throw RunFault.userError(
          Reason.INVALID_ENDPOINT,
          "What is in %s is no key: it is empty, or has blanks or letters that no key has; give a text file with nothing but the key."
              .formatted(file));
    }
    return key;
  }
}
