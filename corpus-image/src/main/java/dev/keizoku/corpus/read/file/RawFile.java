package dev.keizoku.corpus.read.file;

import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A file of a source, taken out of its archive. */
public interface RawFile {

  /** Largest file of the formats that are read whole, in bytes. */
  int MAX_WHOLE_BYTES = 64 << 20;

  /** Path below the source's URI, with {@code !} before the path in an archive. */
  String location();

  /** Its size, packed where it is an entry of an archive. */
  long packedBytes();

  /** What a server of the web said of its encoding; empty where nothing was said. */
  default String charset() {
    return "";
  }

  /** Its bytes, unpacked; to be opened once, and closed by the caller. */
  InputStream open() throws IOException;

  /** Its first bytes, unpacked; what is opened afterwards begins with them again. */
  byte[] head(int bytes) throws IOException;

  /** Where it lies on this machine, unpacked, until its reader returns. */
  Path onDisk() throws IOException;

  /** The last part of its path, without the end that says how it is packed. */
  default String name() {
    var path = location();
    var name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1);
    return Packing.unpackedName(name);
  }

  /** The name without its extension: the title of files that have none inside. */
  default String stem() {
    var dot = name().lastIndexOf('.');
    return dot > 0 ? name().substring(0, dot) : name();
  }

  /** All bytes of a file that is read whole. */
  default byte[] bytes() throws IOException {
    try (var in = open()) {
      return whole(in);
    }
  }

  /**
   * All bytes of a stream that is read whole.
   *
   * @throws UnreadableFileException when they are more than that
   */
  static byte[] whole(InputStream in) throws IOException {
    var bytes = in.readNBytes(MAX_WHOLE_BYTES + 1);
    if (bytes.length > MAX_WHOLE_BYTES) {
      throw new UnreadableFileException(
          RejectReason.TOO_LARGE, "it is larger than " + (MAX_WHOLE_BYTES >> 20) + " MiB");
    }
    return bytes;
  }
}
