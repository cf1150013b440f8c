package dev.keizoku.corpus.read.markup;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Raised and lowered digits as characters of their own: else 10 to the sixth would become 106. */
public final class ShiftedDigits {
  private static final Pattern SIGNED_DIGITS = Pattern.compile("[+\\-−－]?[0-9０-９][0-9０-９,./]{0,5}");
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋";

  private ShiftedDigits() {}

  /**
   * Rewrites the numbers below {@code root} that stand raised, and the lowered ones beside another
   * digit: CO2 is written with a plain digit, log₁₀100 cannot be.
   */
  public static void write(Element root) {
    for (var raised : root.select("sup")) {
      var text = raised(raised.wholeText());
      if (!text.equals(raised.wholeText())) {
        raised.text(text);
      }
    }
    for (var lowered : root.select("sub")) {
      var text = lowered.wholeText();
      if (endsInDigit(lowered.previousSibling()) || beginsWithDigit(lowered.nextSibling())) {
        lowered.text(shifted(text, LOWERED));
      }
    }
  }

  /** The raised form of a signed number, any other text as it is. */
  public static String raised(String text) {
    return shifted(text, RAISED);
  }

  private static String shifted(String text, String digits) {
    if (!SIGNED_DIGITS.matcher(text.strip()).matches()) {
      return text;
    }
    var shifted = new StringBuilder();
    for (char c : text.strip().toCharArray()) {
      boolean mark = ",./".indexOf(c) >= 0;
      shifted.append(mark ? c : digits.charAt(place(c)));
    }
    return shifted.toString();
  }

  private static int place(char c) {
    return Character.isDigit(c) ? Character.digit(c, 10) : c == '+' ? 10 : 11;
  }

  private static boolean endsInDigit(Node node) {
    return node instanceof TextNode text
        && !text.isBlank()
        && Character.isDigit(text.getWholeText().charAt(text.getWholeText().length() - 1));
  }

  private static boolean beginsWithDigit(Node node) {
    return node instanceof TextNode text
        && !text.isBlank()
        && Character.isDigit(text.getWholeText().charAt(0));
  }
}
