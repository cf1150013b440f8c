package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How a source's filings become documents; what is not set is as its description says. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Filings(
    @JsonPropertyDescription(
            "Whether the training text of each document of a filing begins with a line that names "
                + "company, kind of document, period and day of submission. Default: false.")
        Boolean header,
    @JsonPropertyDescription(
            "What becomes of a filing that another one of the source amends. replace: it loses the "
                + "parts that the amendment states anew. follow: both stay as they are. "
                + "Default: replace.")
        Amendments amendments,
    @JsonPropertyDescription(
            "Names, birth dates, careers and addresses of officers, major shareholders and contact "
                + "persons. drop: the elements that hold them are left out. keep: they stay. "
                + "Default: drop.")
        PersonalData personalData) {

  /** What an amendment does to what it amends. */
  public enum Amendments {
    /** Takes the place of the parts that it states anew. */
    @JsonProperty("replace")
    REPLACE,
    /** Stands beside it. */
    @JsonProperty("follow")
    FOLLOW
  }

  /** What becomes of what tells of persons. */
  public enum PersonalData {
    /** Left out. */
    @JsonProperty("drop")
    DROP,
    /** Kept. */
    @JsonProperty("keep")
    KEEP
  }

  /** Whether documents begin with a line that names their filing. */
  public boolean hasHeader() {
    return Boolean.TRUE.equals(header);
  }

  /** Whether an amendment takes the place of what it states anew. */
  public boolean replaces() {
    return amendments != Amendments.FOLLOW;
  }

  /** Whether what tells of persons is left out. */
  public boolean dropsPersonalData() {
    return personalData != PersonalData.KEEP;
  }
}
