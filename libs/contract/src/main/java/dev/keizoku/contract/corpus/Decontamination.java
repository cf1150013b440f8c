package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.contract.setting.Ruled;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which benchmarks a corpus must not hold, and what becomes of a document that holds one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = Decontamination.NAMES_CEL,
    message = Decontamination.NAMES,
    fieldPath = ".benchmarks")
public record Decontamination(
    @JsonPropertyDescription(
            "Benchmarks whose questions are looked for in every document: 20 characters in a row of "
                + "a question, its context or an answer, whatever their width, spaces, kana and way "
                + "of writing numbers. Default: none.")
        @Default("[]")
        @Size(max = 32)
        List<Benchmark> benchmarks,
    @JsonPropertyDescription(
            "What becomes of documents that hold a question. Refuse: the run fails and publishes "
                + "nothing. Drop: they are left out. Cut: the lines that hold it are. Report: they "
                + "stay, and are listed. Default: Refuse.")
        @Default("Refuse")
        OnHit onHit,
    @JsonPropertyDescription(
            "Least share of a question's text, of its context or of an answer that must stand in a "
                + "row in a document for it to be a hit, 0 to 1; 20 characters in any case. 0.25 "
                + "passes over formulas that laws and questions have in common. Default: 0.")
        @Min(0)
        @Max(1)
        Double minShare)
    implements Ruled {

  static final String NAMES = "every benchmark needs a name of its own";
  static final String NAMES_CEL =
      "!has(self.benchmarks) || self.benchmarks.all(b, self.benchmarks.exists_one(c, c.name == b.name))";

  /** Fills the schema's defaults. */
  public Decontamination {
    benchmarks = Defaults.of(Decontamination.class, "benchmarks", benchmarks);
    onHit = Defaults.of(Decontamination.class, "onHit", onHit);
  }

  /** {@code minShare} or its default. */
  public double leastShare() {
    return minShare == null ? 0 : minShare;
  }

  @Override
  public Map<String, Boolean> rules() {
    return Map.of(
        NAMES, benchmarks.stream().map(Benchmark::name).distinct().count() == benchmarks.size());
  }

  /** What becomes of a document that holds a question. */
  public enum OnHit {
    /** No version is published. */
    @JsonProperty("Refuse")
    REFUSE,
    /** The document is dropped. */
    @JsonProperty("Drop")
    DROP,
    /** The lines that hold the question are taken out of it. */
    @JsonProperty("Cut")
    CUT,
    /** It stays. */
    @JsonProperty("Report")
    REPORT;

    /** The word of the run file. */
    public String word() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
  }

  /** One benchmark. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Benchmark(
      @JsonPropertyDescription(
              "Name of a task of BenchmarkEval that the programs carry (chabsa, cma_basics, "
                  + "cpa_audit, fp2, security_sales_1), or with uri any name.")
          @Required
          @Pattern("^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$")
          @Size(min = 1, max = 63)
          String name,
      @JsonPropertyDescription(
              "A file of questions of your own, JSON lines or a JSON array, one question a record; "
                  + "all its texts are looked for. Default: the questions of the task of that name.")
          @Pattern("^(s3|file|hf)://.+$")
          @Size(max = 1024)
          String uri) {}
}
