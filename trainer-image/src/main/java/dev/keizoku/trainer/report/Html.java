package dev.keizoku.trainer.report;

/** Text in HTML. */
final class Html {
  private Html() {}

  /** The text with what HTML would read as markup replaced. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
