package dev.keizoku.storage.file;

import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
    this.aside = target.resolveSibling("." + UUID.randomUUID() + ".part");
    this.channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
