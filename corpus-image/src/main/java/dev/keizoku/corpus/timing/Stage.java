package dev.keizoku.corpus.timing;

/** What a build does with its documents, in the order in which a document meets it. */
public enum Stage {
  /** Inputs are copied and hashed; bytes are those of files. */
  COPY("copy"),
  /** Files become documents; bytes are those of files. */
  READ("read"),
  /**
   * From here on bytes are those of texts in UTF-8. Encodings are put right, lines of boilerplate
   * go, personal data is tagged.
   */
  CLEAN("clean"),
  /** Measures are taken and the rules asked. */
  FILTER("filter"),
  /** Questions of benchmarks are looked for. */
  DECONTAMINATE("decontaminate"),
  /** The same text, in this version and in earlier ones. */
  EXACT("exactDuplicates"),
  /** Nearly the same text: its print, and the comparison. */
  NEAR("nearDuplicates"),
  /** Paragraphs that several documents have. */
  PARAGRAPHS("paragraphs"),
  /** Texts become token ids. */
  TOKENIZE("tokenize"),
  /** Shards and tables go to the store. */
  WRITE("write");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  /** Its name in reports. */
  public String word() {
    return word;
  }
}
