package dev.keizoku.operator.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.ProfilePin;
import dev.keizoku.operator.job.Gpus;
import dev.keizoku.operator.job.PodShape;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a run asks for, held against what its profile allows.
 *
 * @param name of the profile, with its kind
 * @param limits what it allows; null for anything
 * @param policy how the run is run, under the profile
 * @param spec the run's spec
 * @param gpus that a pod of it holds
 */
record ProfileLimits(
    String name, ProfileSpec.Limits limits, RunPolicy policy, JsonNode spec, long gpus) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String S3 = "s3://";

  /** Fields whose text is the address of a model. */
  private static final List<String> MODELS = List.of("/baseModel/uri", "/base/uri");

  static <R extends CustomResource<?, ?> & RunResource> ProfileLimits of(
      ProfilePin pin, RunContext<R> run, R resource) {
    var policy = resource.runPolicy();
    var gets = PodShape.resources(policy.podTemplate().resources(), run.kind().devices(resource));
    return new ProfileLimits(
        pin.kind() + " " + pin.name(),
        pin.profile().limits(),
        policy,
        JSON.valueToTree(resource.getSpec()),
        Gpus.of(gets).orElse(0));
  }

  /** What is not allowed, each with what is; empty when all is. */
  Optional<Headline> against() {
    if (limits == null) {
      return Optional.empty();
    }
    var sentences = new ArrayList<String>();
    within("spec.image", texts(Stream.of(spec.path("image"))), limits.images(), sentences);
    within("a model", models(), limits.baseModels(), sentences);
    buckets(sentences);
    amounts(sentences);
    return sentences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Headline(
                Phase.PENDING,
                RunReason.OUTSIDE_PROFILE,
                "%s does not allow what this asks for: %s. Change it, or ask for another profile."
                    .formatted(name, String.join("; ", sentences))));
  }

  private static void within(
      String what, Stream<String> asked, List<String> allowed, List<String> sentences) {
    if (allowed != null) {
      asked
          .filter(word -> allowed.stream().noneMatch(one -> isBelow(word, one)))
          .map(word -> "%s is %s, allowed: %s".formatted(what, word, String.join(", ", allowed)))
          .forEach(sentences::add);
    }
  }

  /** Whether it is that one, or a folder, a tag or a revision of it. */
  private static boolean isBelow(String word, String one) {
    return word.equals(one)
        || word.startsWith(one.endsWith("/") ? one : one + "/")
        || word.startsWith(one + ":")
        || word.startsWith(one + "@");
  }

  private void buckets(List<String> sentences) {
    if (limits.buckets() == null) {
      return;
    }
    var read = spec.findValues("uri").stream().map(JsonNode::asText);
    var shared = texts(Stream.of(spec.path("scores"), spec.path("includePath")));
    var named =
        Stream.concat(read, shared)
            .filter(uri -> uri.startsWith(S3))
            .map(uri -> uri.substring(S3.length()).split("/", 2)[0]);
    Stream.concat(named, Stream.ofNullable(policy.storage().bucket()))
        .distinct()
        .filter(bucket -> !limits.buckets().contains(bucket))
        .map(
            bucket ->
                "the bucket %s, allowed: %s".formatted(bucket, String.join(", ", limits.buckets())))
        .forEach(sentences::add);
  }

  private void amounts(List<String> sentences) {
    if (limits.gpus() != null && gpus > limits.gpus()) {
      sentences.add("%d GPUs, allowed: %d".formatted(gpus, limits.gpus()));
    }
    var hours = policy.budget() == null ? null : policy.budget().gpuHours();
    if (limits.gpuHours() != null && gpus > 0 && (hours == null || hours > limits.gpuHours())) {
      sentences.add(
          "budget.gpuHours is %s, allowed: %s"
              .formatted(Objects.requireNonNullElse(hours, "not set"), limits.gpuHours()));
    }
    var seconds = policy.activeDeadlineSeconds();
    if (limits.activeDeadlineSeconds() != null
        && (seconds == null || seconds > limits.activeDeadlineSeconds())) {
      sentences.add(
          "activeDeadlineSeconds is %s, allowed: %d"
              .formatted(
                  Objects.requireNonNullElse(seconds, "not set"), limits.activeDeadlineSeconds()));
    }
  }

  private Stream<String> models() {
    var single = MODELS.stream().map(spec::at);
    var candidates =
        StreamSupport.stream(spec.path("candidates").spliterator(), false).map(c -> c.path("uri"));
    return texts(Stream.concat(single, candidates));
  }

  private static Stream<String> texts(Stream<JsonNode> nodes) {
    return nodes.filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
