package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.keizoku.contract.corpus.CorpusRun;
import dev.keizoku.contract.corpus.CorpusRun.Filters;
import dev.keizoku.contract.corpus.CorpusRun.HeldOut;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.corpus.Decontamination;
import dev.keizoku.contract.corpus.Deduplication;
import dev.keizoku.contract.corpus.Removals;
import dev.keizoku.contract.corpus.Tokenization;
import dev.keizoku.contract.run.Seed;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a corpus is made of. A change builds a new version beside the old one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = FlatRecord.class)
@ValidationRule(value = CorpusRun.NAMES_CEL, message = CorpusRun.NAMES, fieldPath = ".sources")
public record CorpusRecipe(
    @JsonPropertyDescription("Where documents are read from; at least one.")
        @Required
        @Size(min = 1, max = 64)
        List<Source> sources,
    @JsonPropertyDescription("Limits of the document filters.") @Default("{}") Filters filters,
    @JsonPropertyDescription("Which duplicates are dropped.") @Default("{}")
        Deduplication deduplication,
    @JsonPropertyDescription("Which benchmarks must not be in the corpus.") @Default("{}")
        Decontamination decontaminate,
    @JsonPropertyDescription("Which documents are taken out.") @Default("{}") Removals removals,
    @JsonPropertyDescription("The tokenizer; it must be that of the model that is trained.")
        @Required
        Tokenizer tokenizer,
    @JsonUnwrapped Tokenization tokenization,
    @JsonPropertyDescription("The documents kept out of training.") @Default("{}") HeldOut heldOut,
    @JsonUnwrapped Seed randomness) {

  /** Fills the schema's defaults. */
  public CorpusRecipe {
    filters = Defaults.of(CorpusRecipe.class, "filters", filters);
    deduplication = Defaults.of(CorpusRecipe.class, "deduplication", deduplication);
    tokenization = tokenization == null ? Tokenization.DEFAULT : tokenization;
    decontaminate = Defaults.of(CorpusRecipe.class, "decontaminate", decontaminate);
    removals = Defaults.of(CorpusRecipe.class, "removals", removals);
    heldOut = Defaults.of(CorpusRecipe.class, "heldOut", heldOut);
    randomness = randomness == null ? new Seed(null) : randomness;
  }
}
