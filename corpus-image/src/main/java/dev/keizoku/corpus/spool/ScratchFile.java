package dev.keizoku.corpus.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A local file that is gone when it is closed. Safe for use from many threads. */
public final class ScratchFile implements AutoCloseable {
  private final FileChannel file;

  /**
   * @param path of a file that is not there yet
   */
  public ScratchFile(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /**
   * Writes all that is left in a buffer.
   *
   * @param place in the file, bytes
   */
  public void write(ByteBuffer bytes, long place) throws IOException {
    for (long at = place; bytes.hasRemaining(); ) {
      at += file.write(bytes, at);
    }
  }

  /**
   * Reads a part.
   *
   * @param place where it begins, bytes
   * @return so many bytes, or fewer where the file ends before
   */
  public ByteBuffer read(long place, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && file.read(bytes, place + bytes.position()) >= 0) {
      // The next read goes on where this one ended.
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
