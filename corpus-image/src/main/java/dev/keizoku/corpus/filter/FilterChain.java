package dev.keizoku.corpus.filter;

import dev.keizoku.contract.corpus.Rules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rules of a source in their order; a document falls at the first that it does not meet.
 *
 * @param asked those that the source asks
 */
public record FilterChain(List<Asked> asked) {
  /** Before the name of a measure among the attributes of a document. */
  public static final String MEASURE = "measure.";

  /**
   * A rule with its limit.
   *
   * @param rule what is measured
   * @param limit in the unit of the measure
   */
  public record Asked(Rule rule, double limit) {}

  /** The rules that a source asks. */
  public static FilterChain of(Rules rules) {
    var asked = new ArrayList<Asked>();
    for (var rule : Rule.values()) {
      rule.limit(rules).ifPresent(limit -> asked.add(new Asked(rule, limit)));
    }
    return new FilterChain(List.copyOf(asked));
  }

  /**
   * What every rule would measure, asked or not, as attributes of the document: whoever changes a
   * limit sees what it would do without reading again. What is as good as can be is left out, and
   * lengths, which are columns of their own.
   */
  public static Map<String, String> measures(TextTraits text) {
    var measures = new TreeMap<String, String>();
    for (var rule : Rule.values()) {
      double measured = rule.measure(text);
      if (rule != Rule.SHORT && rule != Rule.LONG && measured != rule.best()) {
        measures.put(MEASURE + rule.reason(), written(measured));
      }
    }
    return measures;
  }

  /** A measure or limit in three digits behind the point at most. */
  public static String written(double value) {
    return BigDecimal.valueOf(value)
        .setScale(3, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The first rule that drops the document; empty when it stays. */
  public Optional<Rule> drops(TextTraits text) {
    return asked.stream()
        .filter(ask -> !ask.rule().keeps(text, ask.limit()))
        .map(Asked::rule)
        .findFirst();
  }
}
