package dev.keizoku.corpus.read.file;

import java.util.HashMap;
import java.util.Map;

/**
 * A document as its reader found it.
 *
 * @param location path below the source's URI; {@code !} leads into an archive, {@code #} to a
 *     record
 * @param id its own name in the source, which outlives another export; empty when it has none
 * @param title empty when there is none
 * @param url where it was published; empty when not known
 * @param date of publication as the source writes it; empty when not known
 * @param text lines end in LF; cells of a table row are separated by tabs
 * @param rejection reason why the reader gives no text, in camel case; null for a usable document
 * @param attributes what else is known of it, by name; never null
 * @param tables whether lines with tabs are rows of tables, as where its reader wrote them
 */
public record Document(
    String location,
    String id,
    String title,
    String url,
    String date,
    String text,
    String rejection,
    Map<String, String> attributes,
    boolean tables) {

  /** A document with a title. */
  public static Document of(String location, String title, String text) {
    return new Document(location, "", title, "", "", text, null, Map.of(), false);
  }

  /** The same with another text. */
  public Document with(String otherText) {
    return new Document(location, id, title, url, date, otherText, rejection, attributes, tables);
  }

  /** The same with another title. */
  public Document titled(String otherTitle) {
    return new Document(location, id, otherTitle, url, date, text, rejection, attributes, tables);
  }

  /** The same with what else is known of it. */
  public Document withAttributes(Map<String, String> others) {
    return new Document(location, id, title, url, date, text, rejection, others, tables);
  }

  /** The same as one that is not to train on, for that reason. */
  public Document dropped(String reason) {
    return new Document(location, id, title, url, date, text, reason, attributes, tables);
  }

  /** The same with one more that is known of it. */
  public Document withAttribute(String name, String value) {
    var more = new HashMap<>(attributes);
    more.put(name, value);
    return withAttributes(more);
  }

  /** The same with a name of its own in the source and the date of its publication. */
  public Document published(String ownId, String on) {
    return new Document(location, ownId, title, url, on, text, rejection, attributes, tables);
  }

  /** The same with tabs that its reader wrote. */
  public Document withTables() {
    return new Document(location, id, title, url, date, text, rejection, attributes, true);
  }

  /** Where it is in its source, for one that was not published at an address of its own. */
  public String place(String sourceUri) {
    if (sourceUri.startsWith("https://") || sourceUri.endsWith(".urls")) {
      return "https://" + location;
    }
    return sourceUri.substring(0, sourceUri.lastIndexOf('/') + 1) + location;
  }

  /** A record that is there but not a document to train on. */
  public static Document rejected(String location, String title, String reason) {
    return new Document(location, "", title, "", "", "", reason, Map.of(), false);
  }
}
