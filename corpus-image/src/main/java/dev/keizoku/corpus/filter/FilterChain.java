package dev.keizoku.corpus.filter;

import dev.keizoku.contract.corpus.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a source in their order; a document falls at the first that it does not meet.
 *
 * @param asked those that the source asks
 */
public record FilterChain(List<Asked> asked) {

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

  /** The first rule that drops the document; empty when it stays. */
  public Optional<Rule> drops(TextTraits text) {
    return asked.stream()
        .filter(ask -> !ask.rule().keeps(text, ask.limit()))
        .map(Asked::rule)
        .findFirst();
  }
}
