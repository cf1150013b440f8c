package dev.keizoku.corpus.split;

import dev.keizoku.contract.bytes.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a document is a part of: its filing, or the article whose pages have addresses of their own.
 */
public final class DocumentFamily {
  private static final Pattern SCHEME = Pattern.compile("^[a-z]+://(www\\.)?");
  private static final Pattern PAGE_IN_QUERY =
      Pattern.compile("(?<=[?&])(page|p|pg|paged|start|offset)=\\d+&?");
  private static final Pattern PAGE_IN_PATH =
      Pattern.compile("[-_/](page|p)[-_/]?\\d{1,4}(?=(\\.[a-z]+)?/?$)");
  private static final Pattern END = Pattern.compile("[?&/#]+$");

  private DocumentFamily() {}

  /**
   * A number that the documents of one family share; 0 for a document that is by itself.
   *
   * @param attributes {@code filing} is the filing it is of
   * @param url where it was published; may be empty
   */
  public static long of(Map<String, String> attributes, String url) {
    var filing = attributes.getOrDefault("filing", "");
    if (!filing.isEmpty()) {
      return number("filing:" + filing);
    }
    var page = page(url);
    return page.isEmpty() ? 0 : number("url:" + page);
  }

  /** An address without what tells the pages of one article apart. */
  static String page(String url) {
    var address = SCHEME.matcher(url.replaceFirst("#.*", "")).replaceFirst("");
    address = PAGE_IN_QUERY.matcher(address).replaceAll("");
    address = END.matcher(address).replaceFirst("");
    return PAGE_IN_PATH.matcher(address).replaceFirst("");
  }

  private static long number(String name) {
    var digest = Digests.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getLong() | 1L << 62;
  }
}
