package dev.keizoku.corpus.spool;

import dev.keizoku.corpus.dedup.DuplicateKey;
import java.util.Comparator;

/**
 * A document that lies in the spool.
 *
 * @param id its name
 * @param key shared by documents that say the same
 * @param source position of its source in the run
 * @param order rises in the order of reading, whatever the number of threads
 * @param place where its text lies in the spool
 * @param print where its print lies; -1 for none
 * @param characters Unicode code points of the text
 * @param date of publication as the number 20241231; 0 when not known
 * @param family shared by the documents of one filing or article; 0 for none
 * @param cluster the documents that say the same or nearly the same; null for one that is alone
 */
public record DocumentEntry(
    DocumentId id,
    DuplicateKey key,
    int source,
    long order,
    Spool.Place place,
    long print,
    int characters,
    int date,
    long family,
    Cluster cluster) {

  /** By the ids, and where those are equal by the order of reading. */
  public static final Comparator<DocumentEntry> BY_ID =
      Comparator.comparing(DocumentEntry::id).thenComparingLong(DocumentEntry::order);

  /**
   * Documents that say the same or nearly the same, numbers apart.
   *
   * @param id the id of the one that is kept before the others
   * @param size how many, those that were dropped for it among them
   */
  public record Cluster(DocumentId id, int size) {}

  /** The same in a cluster. */
  public DocumentEntry in(Cluster other) {
    return new DocumentEntry(id, key, source, order, place, print, characters, date, family, other);
  }

  /** The same with another text, which lies elsewhere; what it is known by stays. */
  public DocumentEntry at(Spool.Place other, int length) {
    return new DocumentEntry(id, key, source, order, other, print, length, date, family, cluster);
  }

  /** The same with another print, which lies there. */
  public DocumentEntry printed(long other) {
    return new DocumentEntry(
        id, key, source, order, place, other, characters, date, family, cluster);
  }
}
