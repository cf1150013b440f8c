package dev.keizoku.corpus.filter;

import dev.keizoku.contract.corpus.CorpusRun.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a run in their order; a document falls at the first that it does not meet.
 *
 * @param filters the rules
 */
public record FilterChain(List<DocumentFilter> filters) {

  /** The rules that a run asks for; lost characters are always checked. */
  public static FilterChain of(Filters limits) {
    var filters = new ArrayList<DocumentFilter>();
    filters.add(new BrokenCharacters());
    filters.add(new MinCharacters(limits.minCharacters()));
    if (limits.maxCharacters() != null) {
      filters.add(new MaxCharacters(limits.maxCharacters()));
    }
    filters.add(new JapaneseRatio(limits.minJapaneseRatio()));
    return new FilterChain(List.copyOf(filters));
  }

  /** The reason of the first rule that drops the document; empty when it stays. */
  public Optional<String> drops(TextTraits text) {
    return filters.stream().filter(f -> !f.keeps(text)).map(DocumentFilter::reason).findFirst();
  }
}
