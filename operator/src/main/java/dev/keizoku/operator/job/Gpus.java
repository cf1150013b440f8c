package dev.keizoku.operator.job;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Which of a container's resources are GPUs: whole cards and parts of them, of any maker, as their
 * device plugins name them. Not what is told of a card, as {@code nvidia.com/gpumem}.
 */
public final class Gpus {
  /** What a pod asks for whose template names no GPU. */
  public static final String NVIDIA = "nvidia.com/gpu";

  /** The label by which NVIDIA's feature discovery names a node's GPUs. */
  public static final String PRODUCT = NVIDIA + ".product";

  private static final Pattern NAME =
      Pattern.compile(
          "[a-z0-9.-]+/gpu(\\.shared)?|nvidia\\.com/mig-[a-z0-9.+-]+"
              + "|amd\\.com/[a-z]+_nps[0-9]+|gpu\\.intel\\.com/(i915|xe)");

  private Gpus() {}

  /**
   * How many a container with those resources holds; empty where it names none. Zero is a number: a
   * container that is given none on purpose. A resource claim counts as one.
   *
   * @param resources null for none
   */
  public static OptionalLong of(ResourceRequirements resources) {
    if (resources == null) {
      return OptionalLong.empty();
    }
    var named =
        Objects.requireNonNullElse(resources.getLimits(), Map.<String, Quantity>of())
            .entrySet()
            .stream()
            .filter(limit -> NAME.matcher(limit.getKey()).matches())
            .mapToLong(limit -> limit.getValue().getNumericalAmount().longValue())
            .toArray();
    int claims = Objects.requireNonNullElse(resources.getClaims(), List.of()).size();
    return named.length == 0 && claims == 0
        ? OptionalLong.empty()
        : OptionalLong.of(claims + LongStream.of(named).sum());
  }
}
