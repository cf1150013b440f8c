package dev.keizoku.crd.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.keizoku.contract.result.CorpusResult;
import java.util.Objects;

/** What became of a corpus. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class FinCorpusStatus {
  @JsonUnwrapped private RunStatus run = RunStatus.EMPTY;

  @JsonProperty
  @JsonPropertyDescription("The newest complete version; kept while another is built.")
  private CorpusResult corpus;

  @JsonProperty
  @JsonPropertyDescription("What kubectl get prints.")
  private Columns columns;

  /** For Jackson. */
  public FinCorpusStatus() {}

  /** A status in code. */
  public FinCorpusStatus(RunStatus run, CorpusResult corpus, Columns columns) {
    this.run = run;
    this.corpus = corpus;
    this.columns = columns;
  }

  /** The part that all kinds have; never null. */
  public RunStatus run() {
    return run;
  }

  /** The newest complete version; kept while another is built; null before there is one. */
  public CorpusResult corpus() {
    return corpus;
  }

  /** What kubectl get prints; null before the first reconciliation. */
  public Columns columns() {
    return columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FinCorpusStatus that
        && run.equals(that.run)
        && Objects.equals(corpus, that.corpus)
        && Objects.equals(columns, that.columns);
  }

  @Override
  public int hashCode() {
    return Objects.hash(run, corpus, columns);
  }

  /** Numbers as people read them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Columns(
      @JsonPropertyDescription("Documents for training.") String docs,
      @JsonPropertyDescription("Tokens for training.") String tokens,
      @JsonPropertyDescription("First 12 characters of the version.") String version,
      @JsonPropertyDescription("Stage of the build that goes on, and how much of it is done.")
          String progress,
      @JsonPropertyDescription("How long the stage that goes on will take.") String eta,
      @JsonPropertyDescription("Documents, MB and tokens a second of the build that goes on.")
          String rate,
      @JsonPropertyDescription("Documents dropped and rejected so far by the build that goes on.")
          String lost) {}
}
