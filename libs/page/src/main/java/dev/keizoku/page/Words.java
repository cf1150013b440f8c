package dev.keizoku.page;

/** What a page says of its own, in its language. */
@FunctionalInterface
public interface Words {

  /** Those of a page whose templates say all themselves. */
  Words NONE =
      (key, values) -> {
        throw new IllegalArgumentException("the page has no words, nor msg:" + key);
      };

  /**
   * A phrase.
   *
   * @param values that it tells of
   */
  String say(String key, String... values);
}
