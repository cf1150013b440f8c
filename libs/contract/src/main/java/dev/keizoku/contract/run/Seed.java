package dev.keizoku.contract.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;

/** Where chance begins; equal seeds give equal results. */
public record Seed(
    @JsonPropertyDescription("Seed of every shuffle, draw and resample.") @Default("42")
        Long seed) {

  /** Fills the default. */
  public Seed {
    seed = Defaults.of(Seed.class, "seed", seed);
  }
}
