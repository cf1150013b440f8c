package dev.keizoku.corpus.kept;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.IOException;

/**
 * A line of a kept reading; which of its fields are there says what it is.
 *
 * @param file position of the file in its source
 * @param order of a document or reject; of the last line how many orders there are
 * @param document with its attributes
 * @param reason of a reject
 * @param place of a reject or of a file that is left out
 * @param why of a reject
 * @param bytes of a reject
 */
@JsonInclude(Include.NON_NULL)
record Entry(
    Integer file,
    Long order,
    Tagged document,
    RejectReason reason,
    String place,
    String why,
    Long bytes) {

  static Entry taken(int file) {
    return new Entry(file, null, null, null, null, null, null);
  }

  static Entry leftOut(int file, String place) {
    return new Entry(file, null, null, null, place, null, null);
  }

  static Entry document(int file, long order, Tagged document) {
    return new Entry(file, order, document, null, null, null, null);
  }

  static Entry reject(int file, long order, UnreadableFileException fault) {
    return new Entry(
        file, order, null, fault.reason(), fault.place(), fault.getMessage(), fault.bytes());
  }

  static Entry end(long orders) {
    return new Entry(null, orders, null, null, null, null, null);
  }

  boolean isEnd() {
    return file == null;
  }

  /** Tells a log what this is; not for the last line. */
  void tell(ReadingLog log) throws IOException {
    if (document != null) {
      log.document(file, order, document);
    } else if (reason != null) {
      log.reject(file, order, new UnreadableFileException(reason, why).at(place, bytes));
    } else if (place != null) {
      log.leftOut(file, place);
    } else {
      log.taken(file);
    }
  }
}
