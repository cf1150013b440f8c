package dev.keizoku.corpus.read.filing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The list of documents that EDINET's API answers with ({@code documents.json?type=2}), one of each
 * day or several joined. Source: specification of the EDINET API, version 2.
 */
final class DocumentList {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Map<String, Entry> byId = new HashMap<>();

  /**
   * What the list says of a document; fields are empty where it says nothing.
   *
   * @param id for instance {@code S100TMMG}
   * @param parent the document that this one amends or belongs to
   * @param withdrawn whether it was taken back or is no longer shown
   */
  record Entry(
      String id,
      String company,
      String edinetCode,
      String securityCode,
      String type,
      String description,
      String periodStart,
      String periodEnd,
      String submitted,
      String parent,
      boolean withdrawn) {

    /** Whether it amends its parent; other documents have one, too. */
    boolean isAmendment() {
      return !parent.isEmpty() && DocumentType.isAmendment(type);
    }
  }

  /**
   * Whether the beginning of a JSON file is that of such a list, not of records with text.
   *
   * @param all whether all that the source holds are filings, so that the lines may stand alone
   */
  static boolean isList(String head, boolean all) {
    boolean answer = head.contains("\"results\"");
    return answer && (head.contains("\"docID\"") || head.contains("\"resultset\""))
        || all && head.contains("\"docID\"") && head.contains("\"docTypeCode\"");
  }

  /** Takes a list in; what a later one says of a document is newer. */
  void add(byte[] json) throws IOException {
    var root = JSON.readTree(json);
    for (var list : root.isArray() ? root : JSON.createArrayNode().add(root)) {
      var results = list.has("results") ? list.get("results") : JSON.createArrayNode().add(list);
      results.forEach(this::add);
    }
  }

  private void add(JsonNode result) {
    var id = text(result, "docID");
    if (!id.isEmpty()) {
      byId.merge(id, entry(id, result), DocumentList::newer);
    }
  }

  /** A line of a document that was taken back has lost most of what it said before. */
  private static Entry newer(Entry before, Entry after) {
    return before.withdrawn || after.company.isEmpty() && !after.withdrawn ? before : after;
  }

  private static Entry entry(String id, JsonNode result) {
    var submitted = text(result, "submitDateTime");
    boolean withdrawn =
        text(result, "withdrawalStatus").equals("2")
            || text(result, "disclosureStatus").equals("2");
    return new Entry(
        id,
        text(result, "filerName"),
        text(result, "edinetCode"),
        text(result, "secCode"),
        DocumentType.ofCode(text(result, "docTypeCode")),
        text(result, "docDescription"),
        text(result, "periodStart"),
        text(result, "periodEnd"),
        submitted.length() >= 10 ? submitted.substring(0, 10) : "",
        text(result, "parentDocID"),
        withdrawn);
  }

  private static String text(JsonNode result, String field) {
    var value = result.get(field);
    return value == null || value.isNull() ? "" : value.asText().strip();
  }

  /** What is known of a document; null when no list names it. */
  Entry get(String id) {
    return byId.get(id);
  }
}
