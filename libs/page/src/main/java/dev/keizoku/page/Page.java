package dev.keizoku.page;

import io.quarkus.qute.RawString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A report as one HTML file that needs nothing else: no network, no other file, and no script to be
 * read or printed. The same content gives the same bytes.
 */
public final class Page {
  private final String kind;
  private final String title;
  private final List<Fact> facts = new ArrayList<>();
  private String language = "en";
  private Words words = Words.NONE;
  private boolean curves;

  /**
   * Where the page's numbers are from.
   *
   * @param name of the fact
   * @param value of it
   */
  public record Fact(String name, String value) {}

  /**
   * A page without content.
   *
   * @param kind what the page is, for instance {@code Training}
   * @param title what it is about: the name of the run
   */
  public Page(String kind, String title) {
    this.kind = kind;
    this.title = title;
  }

  /**
   * Says what the page is in; English where nothing is said.
   *
   * @param tag as BCP 47 writes it
   * @param said by {@code msg:} in its templates
   */
  public Page in(String tag, Words said) {
    language = tag;
    words = said;
    return this;
  }

  /** Adds a line to the provenance at the page's head; nothing when there is no value. */
  public Page fact(String name, String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(new Fact(name, value));
    }
    return this;
  }

  /** Says that the content has curves, which bring the plotting library with them. */
  public Page withCurves() {
    curves = true;
    return this;
  }

  /**
   * The page as a UTF-8 file.
   *
   * @param template class-path resource that includes {@code page/frame.html}; its {@code report}
   *     is the content
   * @param report what the template shows
   */
  public byte[] render(String template, Object report) {
    return Templates.engine()
        .getTemplate(template)
        .data("page", this)
        .data("report", report)
        .setAttribute(Templates.WORDS, words)
        .render()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What it is in. */
  public String language() {
    return language;
  }

  /** What the page is. */
  public String kind() {
    return kind;
  }

  /** What it is about. */
  public String title() {
    return title;
  }

  /** Where its numbers are from. */
  public List<Fact> facts() {
    return List.copyOf(facts);
  }

  /** The text of its style element, as it is. */
  public RawString style() {
    return new RawString(Assets.style(curves));
  }

  /** The text of its script element, as it is. */
  public RawString script() {
    return new RawString(Assets.script(curves));
  }

  /** Its content-security policy. */
  public String policy() {
    return ContentPolicy.of(style().getValue(), script().getValue());
  }
}
