package dev.keizoku.operator.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.operator.kubeapi.Manifests;
import io.fabric8.generator.annotation.Default;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What makes two specs another run, and what does not. */
class SpecHashTest {

  /** As one version of the operator knows a spec. */
  record Before(String uri, @Default("50") Integer least) {
    Before {
      least = Defaults.of(Before.class, "least", least);
    }
  }

  /** As the next one does. */
  record After(
      String uri,
      @Default("50") Integer least,
      @Default("false") Boolean strict,
      @Default("{}") Inner inner,
      String note) {
    After {
      least = Defaults.of(After.class, "least", least);
      strict = Defaults.of(After.class, "strict", strict);
      inner = Defaults.of(After.class, "inner", inner);
    }
  }

  record Inner(@Default("7") Integer most) {
    Inner {
      most = Defaults.of(Inner.class, "most", most);
    }
  }

  private static After after(Integer least, Boolean strict, Integer most, String note) {
    return new After("s3://a/", least, strict, most == null ? null : new Inner(most), note);
  }

  @Test
  void settingsThatANewerVersionAddsAreNoOtherSpecUntilTheyAreSet() {
    var before = SpecHash.of(new Before("s3://a/", null), List.of(1));
    assertThat(SpecHash.of(after(null, null, null, null), List.of(1))).isEqualTo(before);
    assertThat(SpecHash.of(after(50, false, 7, null), List.of(1))).isEqualTo(before);
    for (var other :
        List.of(
            after(51, null, null, null),
            after(null, true, null, null),
            after(null, null, 8, null),
            after(null, null, null, "x"))) {
      assertThat(SpecHash.of(other, List.of(1))).isNotEqualTo(before);
    }
    assertThat(SpecHash.of(after(null, null, null, null), Map.of("a", 1))).isNotEqualTo(before);
  }

  @Test
  void aRecipesOwnSettingsAreTold() {
    var spec = Serialization.unmarshal(Manifests.CORPUS, FinCorpus.class).getSpec().recipe();
    var other =
        Serialization.unmarshal(
                Manifests.CORPUS + "  filters: {minCharacters: 77}\n  seed: 5\n", FinCorpus.class)
            .getSpec()
            .recipe();
    var seed =
        Serialization.unmarshal(Manifests.CORPUS + "  seed: 5\n", FinCorpus.class)
            .getSpec()
            .recipe();
    assertThat(List.of(SpecHash.of(spec), SpecHash.of(other), SpecHash.of(seed)))
        .doesNotHaveDuplicates();
  }
}
