package dev.keizoku.storage.file;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A local file on its way: written under a hidden name beside its place, then renamed. */
final class FileUpload extends ObjectUpload {
  private static final Logger LOG = LoggerFactory.getLogger(FileUpload.class);

  private static final String SUFFIX = ".part";
  private static final int PREFIX_LENGTH = 16;

  private final StoreUri uri;
  private final Path target;
  private final Path aside;
  private final FileChannel channel;

  FileUpload(StoreUri uri) throws IOException {
    super(uri);
    this.uri = uri;
    this.target = FileObjectStore.local(uri);
    Files.createDirectories(target.getParent());
    // The name is random so that two writers of one object do not meet; the last rename wins.
    this.aside = target.resolveSibling(prefix(target) + UUID.randomUUID() + SUFFIX);
    this.channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  // Names may be as long as a file system allows, so that nothing could be added to them.
  private static String prefix(Path target) {
    var name = target.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    return "." + Digests.sha256(name).substring(0, PREFIX_LENGTH) + ".";
  }

  /** Removes what writers of a file left that were killed. */
  static int dropUnfinished(Path target) throws IOException {
    var dropped = 0;
    if (!Files.isDirectory(target.getParent())) {
      return dropped;
    }
    try (var left = Files.newDirectoryStream(target.getParent(), file -> isLeft(file, target))) {
      for (var file : left) {
        dropped += Files.deleteIfExists(file) ? 1 : 0;
      }
    }
    return dropped;
  }

  private static boolean isLeft(Path file, Path target) {
    var name = file.getFileName().toString();
    return name.startsWith(prefix(target)) && name.endsWith(SUFFIX);
  }

  @Override
  protected void accept(byte[] buffer, int offset, int length) {
    try {
      for (var bytes = ByteBuffer.wrap(buffer, offset, length); bytes.hasRemaining(); ) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw FileObjectStore.writeFault(uri, target.getParent(), e);
    }
  }

  @Override
  protected void complete() {
    try {
      channel.force(true);
      channel.close();
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileObjectStore.writeFault(uri, target.getParent(), e);
    }
  }

  @Override
  protected void abort() {
    try {
      channel.close();
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      LOG.warn("could not remove {}: {}", aside, e.toString());
    }
  }
}
