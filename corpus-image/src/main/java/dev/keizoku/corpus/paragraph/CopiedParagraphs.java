package dev.keizoku.corpus.paragraph;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Finds the paragraphs that stand in enough documents before. Of one document all copies of a
 * paragraph stay or go: repetition within it is another rule's. Memory: 256 MiB at most, and 8
 * bytes for each that goes.
 */
final class CopiedParagraphs {
  /** Paragraphs that are looked at in one go; more are looked at in several. */
  private static final int PASS = 4 << 20;

  private final ParagraphFile paragraphs;
  private final IntUnaryOperator limit;
  private final long perPass;
  private long[] going = new long[1024];
  private int count;

  /**
   * @param limit in how many documents a paragraph of this one may stand, itself among them
   */
  CopiedParagraphs(ParagraphFile paragraphs, IntUnaryOperator limit) {
    this(paragraphs, limit, PASS);
  }

  CopiedParagraphs(ParagraphFile paragraphs, IntUnaryOperator limit, int perPass) {
    this.paragraphs = paragraphs;
    this.limit = limit;
    this.perPass = perPass;
  }

  /** Those that go: document in the upper 32 bits, line in the lower ones, sorted. */
  long[] find() throws IOException {
    long size = paragraphs.size();
    int passes = Math.toIntExact(Math.max(1, (size + perPass - 1) / perPass));
    for (int pass = 0; pass < passes; pass++) {
      find(pass, passes);
    }
    var all = Arrays.copyOf(going, count);
    Arrays.sort(all);
    return all;
  }

  private void find(int pass, int passes) throws IOException {
    var seen = new Seen();
    paragraphs.read(
        (document, line, key) -> {
          if (Long.remainderUnsigned(key, passes) == pass
              && seen.before(document, key) >= limit.applyAsInt(document)) {
            going(document, line);
          }
        });
  }

  private void going(int document, int line) {
    if (count == going.length) {
      going = Arrays.copyOf(going, 2 * count);
    }
    going[count++] = (long) document << 32 | line;
  }

  /** In how many documents a paragraph was seen; documents come in their order. */
  private static final class Seen {
    private static final int FIRST_PLACES = 1 << 16;

    private long[] keys;
    private int[] documents;
    private int[] last;
    private int used;

    Seen() {
      allocate(FIRST_PLACES);
    }

    private void allocate(int places) {
      keys = new long[places];
      documents = new int[places];
      last = new int[places];
    }

    /** Documents before this one that have the paragraph; notes that this one has it. */
    int before(int document, long key) {
      if (2 * used >= keys.length) {
        grow();
      }
      int place = place(key);
      if (documents[place] == 0) {
        used++;
        keys[place] = key;
        documents[place] = 1;
        last[place] = document;
        return 0;
      }
      if (last[place] != document) {
        documents[place]++;
        last[place] = document;
      }
      return documents[place] - 1;
    }

    private int place(long key) {
      int place = (int) (key ^ key >>> 32) & keys.length - 1;
      while (documents[place] != 0 && keys[place] != key) {
        place = place + 1 & keys.length - 1;
      }
      return place;
    }

    private void grow() {
      var oldKeys = keys;
      var oldDocuments = documents;
      var oldLast = last;
      allocate(2 * oldKeys.length);
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldDocuments[i] != 0) {
          int place = place(oldKeys[i]);
          keys[place] = oldKeys[i];
          documents[place] = oldDocuments[i];
          last[place] = oldLast[i];
        }
      }
    }
  }
}
