package dev.keizoku.storage.artifact;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model was made from, as the properties of its manifest tell it.
 *
 * @param base the model that it continues; null for one that began from nothing
 * @param corpora manifests of the versions that it was trained on, by the name in the run
 */
public record MadeFrom(Source base, Map<String, Source> corpora) {
  private static final String BASE = "baseModel";
  private static final String CORPUS = "corpus.";
  private static final String DIGEST = "sha256.";

  /**
   * Something in the store.
   *
   * @param uri where it was read
   * @param sha256 digest of its manifest; null where it has none
   */
  public record Source(String uri, String sha256) {}

  /** The same as properties. */
  public Map<String, String> properties() {
    var properties = new LinkedHashMap<String, String>();
    if (base != null) {
      put(properties, BASE, base);
    }
    corpora.forEach((name, corpus) -> put(properties, CORPUS + name, corpus));
    return properties;
  }

  private static void put(Map<String, String> properties, String name, Source source) {
    properties.put(name, source.uri());
    if (source.sha256() != null) {
      properties.put(DIGEST + name, source.sha256());
    }
  }

  /** What a manifest tells; of one that tells nothing neither base nor corpora are known. */
  public static MadeFrom of(Manifest manifest) {
    var properties =
        manifest.properties() == null ? Map.<String, String>of() : manifest.properties();
    var corpora = new LinkedHashMap<String, Source>();
    properties.keySet().stream()
        .filter(name -> name.startsWith(CORPUS))
        .sorted()
        .forEach(name -> corpora.put(name.substring(CORPUS.length()), source(properties, name)));
    return new MadeFrom(properties.containsKey(BASE) ? source(properties, BASE) : null, corpora);
  }

  private static Source source(Map<String, String> properties, String name) {
    return new Source(properties.get(name), properties.get(DIGEST + name));
  }

  /** Whether anything is told. */
  public boolean isTold() {
    return base != null || !corpora.isEmpty();
  }
}
