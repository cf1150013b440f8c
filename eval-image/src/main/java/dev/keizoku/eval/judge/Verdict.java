package dev.keizoku.eval.judge;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the judge says of a pair, shown in one order. */
public enum Verdict {
  /** The base model's answer is better. */
  @JsonProperty("base")
  BASE,
  /** The candidate's is. */
  @JsonProperty("candidate")
  CANDIDATE,
  /** Neither. */
  @JsonProperty("tie")
  TIE,
  /** Both answers are word for word the same; nobody was asked. */
  @JsonProperty("same")
  SAME,
  /** The judge gave no answer that can be read. */
  @JsonProperty("unscored")
  UNSCORED
}
