package dev.keizoku.storage.hub;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/**
 * A file of a hub on its way to the local disk. What an earlier attempt left unfinished is
 * continued: it lies beside the target under a name that tells which content it is part of.
 *
 * @param known what the hub says of the file
 * @param target where it is to appear
 * @param aside where it lies until it is complete
 */
record HubDownload(HubFile known, Path target, Path aside) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Opens the file at an offset. */
  @FunctionalInterface
  interface Opener {
    /**
     * @param digest of the bytes before {@code start}; null when nothing can be checked
     */
    InputStream open(MessageDigest digest, long start);
  }

  static HubDownload of(HubFile known, Path target) {
    var name =
        ".%s.%s.part".formatted(target.getFileName(), Digests.sha256(known.etag().getBytes()));
    return new HubDownload(known, target, target.resolveSibling(name));
  }

  /**
   * Brings it.
   *
   * @param received told of the bytes that come, and of those that are there already
   */
  Artifact run(StoreUri uri, Opener opener, LongConsumer received) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      var sha256 = complete(opener, received);
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      return new Artifact(uri.toString(), sha256, known.bytes());
    } catch (RunFault fault) {
      if (fault.damage()) {
        delete();
      }
      throw fault;
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.SCRATCH_FAILED,
          "Cannot write " + target + " (is the disk full?): " + e.getMessage(),
          e);
    }
  }

  private String complete(Opener opener, LongConsumer received) throws IOException {
    var sha256 = Digests.sha256();
    var check = known.digest().orElse(null);
    var start = check == null ? 0 : takeIn(sha256, check);
    received.accept(start);
    var mode = start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try (var in = opener.open(check, start);
        var out = Files.newOutputStream(aside, StandardOpenOption.CREATE, mode);
        var counted = new DigestOutputStream(out, sha256)) {
      var buffer = new byte[BUFFER_BYTES];
      for (int n; (n = in.read(buffer)) >= 0; ) {
        counted.write(buffer, 0, n);
        received.accept(n);
      }
    }
    return Digests.hex(sha256);
  }

  /** Takes what is there already into both digests; 0 when nothing of use is. */
  private long takeIn(MessageDigest one, MessageDigest other) throws IOException {
    long size;
    try {
      size = Files.size(aside);
    } catch (NoSuchFileException e) {
      return 0;
    }
    if (size > known.bytes()) {
      return 0;
    }
    try (var in = Files.newInputStream(aside)) {
      var buffer = new byte[BUFFER_BYTES];
      for (int n; (n = in.read(buffer)) >= 0; ) {
        one.update(buffer, 0, n);
        other.update(buffer, 0, n);
      }
    }
    return size;
  }

  private void delete() {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      throw RunFault.tryAgain(Reason.SCRATCH_FAILED, "Cannot delete " + aside + ".", e);
    }
  }
}
