package dev.keizoku.corpus.spool;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.corpus.read.file.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Cleaned documents on local disk between reading and writing, so that memory holds only their
 * index. Safe for use from many threads.
 */
public final class Spool implements AutoCloseable {
  private static final int FIELDS = 6;
  private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScratchFile file;
  private long end;

  /**
   * @param path of a file that is not there yet
   */
  public Spool(Path path) throws IOException {
    file = new ScratchFile(path);
  }

  /**
   * Where a document was put.
   *
   * @param offset in the file, bytes
   * @param length bytes
   */
  public record Place(long offset, int length) {}

  /** Puts a document in; any thread may. */
  public Place add(Document document) throws IOException {
    var bytes = encode(document);
    long offset;
    synchronized (this) {
      offset = end;
      end += bytes.length;
    }
    file.write(ByteBuffer.wrap(bytes), offset);
    return new Place(offset, bytes.length);
  }

  /** The document of an entry, as it was put in. */
  public Document get(DocumentEntry entry) throws IOException {
    var bytes = file.read(entry.place().offset(), entry.place().length());
    if (bytes.remaining() < entry.place().length()) {
      throw new IOException("the spool ends early");
    }
    return decode(bytes);
  }

  private static byte[] encode(Document document) throws IOException {
    var out = new ByteArrayOutputStream();
    for (var field :
        new String[] {
          document.location(),
          document.title(),
          document.url(),
          document.date(),
          document.text(),
          JSON.writeValueAsString(document.attributes())
        }) {
      var bytes = field.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  private static Document decode(ByteBuffer in) throws IOException {
    var fields = new String[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      var bytes = new byte[in.getInt()];
      in.get(bytes);
      fields[i] = new String(bytes, StandardCharsets.UTF_8);
    }
    var attributes = JSON.readValue(fields[5], ATTRIBUTES);
    return new Document(
        fields[0], "", fields[1], fields[2], fields[3], fields[4], null, attributes, false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
