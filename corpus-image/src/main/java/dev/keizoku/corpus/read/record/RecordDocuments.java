package dev.keizoku.corpus.read.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.ReadOptions;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Gives the records of one file on as documents. */
final class RecordDocuments {
  private final ReadOptions options;
  private final FieldPath path;
  private final UnaryOperator<String> markup;
  private final Consumer<DocumentTask> documents;

  /**
   * @param markup takes what is not text out of the text field; returns null for a record that is
   *     no document
   */
  RecordDocuments(
      ReadOptions options, UnaryOperator<String> markup, Consumer<DocumentTask> documents) {
    this.options = options;
    this.path = new FieldPath(options.textField());
    this.markup = markup;
    this.documents = documents;
  }

  /** Takes a record, or an object with several. */
  void add(JsonNode root, String place) {
    if (!path.leadsToMany()) {
      documents.accept(() -> document(path.records(root).getFirst(), place));
      return;
    }
    var records = path.records(root);
    for (int i = 0; i < records.size(); i++) {
      var record = records.get(i);
      var where = records.size() == 1 && record.record() == root ? place : place + "/" + (i + 1);
      documents.accept(() -> document(record, where));
    }
    if (records.isEmpty()) {
      reject(place, RejectReason.INVALID_RECORD, "nothing lies at '%s'".formatted(path));
    }
  }

  /** Takes what is no record. */
  void reject(String place, RejectReason reason, String why) {
    documents.accept(
        () -> {
          throw new UnreadableFileException(reason, why).at(place, 0);
        });
  }

  private Document document(FieldPath.Place record, String place) throws UnreadableFileException {
    var written = path.text(record.record());
    if (written == null) {
      throw new UnreadableFileException(
              RejectReason.INVALID_RECORD,
              "it has no text field '%s'; correct sources[].textField".formatted(path))
          .at(place, 0);
    }
    var fields = options.fields();
    var title = value(record, fields.title());
    var text = markup.apply(written);
    if (text == null) {
      return Document.rejected(place, title, "notADocument");
    }
    return new Document(
        place,
        value(record, fields.id()),
        title,
        value(record, fields.url()),
        value(record, fields.date()),
        text,
        null,
        Map.of(),
        false);
  }

  private static String value(FieldPath.Place record, String field) {
    var value = record.find(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }
}
