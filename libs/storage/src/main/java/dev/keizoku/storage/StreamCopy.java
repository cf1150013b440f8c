package dev.keizoku.storage;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.function.LongConsumer;

/** Copies between a local file and an object, with the digest taken on the way. */
final class StreamCopy {
  private static final int BUFFER_BYTES = 1 << 16;

  private StreamCopy() {}

  static Artifact upload(ObjectStore store, Path file, StoreUri uri) {
    try (var in = Files.newInputStream(file);
        var upload = store.create(uri)) {
      in.transferTo(upload);
      return upload.commit();
    } catch (NoSuchFileException e) {
      throw StorageFaults.notFound(StoreUri.of(file));
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.STORAGE_FAILED, "Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static Artifact download(ObjectStore store, StoreUri uri, Path file, LongConsumer received) {
    var aside = file.resolveSibling("." + file.getFileName() + ".part");
    var digest = Digests.sha256();
    try (var in = store.open(uri)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      long bytes = 0;
      try (var out = new DigestOutputStream(Files.newOutputStream(aside), digest)) {
        var buffer = new byte[BUFFER_BYTES];
        for (int n; (n = in.read(buffer)) >= 0; bytes += n) {
          out.write(buffer, 0, n);
          received.accept(n);
        }
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      return new Artifact(uri.toString(), Digests.hex(digest), bytes);
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.SCRATCH_FAILED,
          "Cannot write " + file + " (is the disk full?): " + e.getMessage(),
          e);
    }
  }
}
