package dev.keizoku.contract.words;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;

/**
 * The phrases of one subject in one language: a properties file a language, {@code NAME_en} beside
 * {@code NAME_ja}, whose values are those of {@link MessageFormat}. None stands in for another, so
 * a page is in one language throughout.
 */
public final class Phrases {
  private static final ResourceBundle.Control OWN_FILE_ONLY =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private final ResourceBundle bundle;
  private final Language language;

  private Phrases(ResourceBundle bundle, Language language) {
    this.bundle = bundle;
    this.language = language;
  }

  /**
   * The phrases of a subject.
   *
   * @param name place of its files on the class path, without language and ending
   */
  public static Phrases of(String name, Language language) {
    var loader = Phrases.class.getClassLoader();
    return new Phrases(
        ResourceBundle.getBundle(name, language.locale(), loader, OWN_FILE_ONLY), language);
  }

  /** What they are in. */
  public Language language() {
    return language;
  }

  /** All of them. */
  public Set<String> keys() {
    return bundle.keySet();
  }

  /**
   * A phrase.
   *
   * @param values what it tells of, as it is to be read: numbers are text already
   * @throws MissingResourceException when there is none of that key
   * @throws IllegalArgumentException when it tells of more or fewer values
   */
  public String say(String key, String... values) {
    var phrase = new MessageFormat(bundle.getString(key), Locale.ROOT);
    int told = phrase.getFormatsByArgumentIndex().length;
    if (told != values.length) {
      throw new IllegalArgumentException(
          "%s in %s tells of %d values, not of %d"
              .formatted(key, language.tag(), told, values.length));
    }
    return phrase.format(values);
  }
}
