package dev.keizoku.operator.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.ProfilePin;
import dev.keizoku.operator.job.Gpus;
import dev.keizoku.operator.job.PodShape;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a run's own spec asks for, held against what its profile allows.
 *
 * @param name of the profile, with its kind
 * @param limits what it allows
 * @param spec the run's spec but for its pod template
 * @param gpus that a pod of it holds
 */
record ProfileLimits(String name, ProfileSpec.Limits limits, ObjectNode spec, long gpus) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String S3 = "s3://";

  /** Fields whose text, or each of whose texts, is the address of something that is read. */
  private static final List<String> ADDRESSES = List.of("uri", "scores", "includePath", "against");

  /** What is not allowed, each with what is; empty when all is. */
  static <R extends CustomResource<?, ?> & RunResource> Optional<Headline> against(
      ProfilePin pin, RunContext<R> run, R resource) {
    var limits = pin.profile().limits();
    if (limits == null) {
      return Optional.empty();
    }
    ObjectNode spec = JSON.valueToTree(resource.getSpec());
    spec.remove("podTemplate");
    var template = resource.runPolicy().podTemplate();
    var gpus = Gpus.of(PodShape.resources(template.resources(), run.kind().devices(resource)));
    var name = "%s %s (generation %d)".formatted(pin.kind(), pin.name(), pin.generation());
    return new ProfileLimits(name, limits, spec, gpus.orElse(0)).against();
  }

  private Optional<Headline> against() {
    var sentences =
        Stream.of(
                within("spec.image", texts(spec.path("image")), limits.images(), Below::tagged),
                within("a model", models(), limits.baseModels(), Below::tagged),
                within("an address", addresses(), limits.addresses(), Below::addressed),
                within("a bucket", buckets(), limits.buckets(), String::equals),
                atMost("GPUs", Optional.of((double) gpus), limits.gpus()),
                atMost("budget.gpuHours", number("/budget/gpuHours"), limits.gpuHours()),
                atMost(
                    "activeDeadlineSeconds",
                    number("/activeDeadlineSeconds"),
                    limits.activeDeadlineSeconds()))
            .flatMap(found -> found)
            .distinct()
            .toList();
    return sentences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Headline(
                Phase.PENDING,
                RunReason.OUTSIDE_PROFILE,
                "%s does not allow what this asks for: %s. Change it, or ask for another profile."
                    .formatted(name, String.join("; ", sentences))));
  }

  /** What lies below a word that is allowed. */
  private static final class Below {
    private Below() {}

    /** That one, or a folder of it. */
    static boolean folder(String word, String one) {
      return word.equals(one) || word.startsWith(one.endsWith("/") ? one : one + "/");
    }

    /** A tag or a revision of it too. */
    static boolean tagged(String word, String one) {
      return folder(word, one) || word.startsWith(one + ":") || word.startsWith(one + "@");
    }

    /** Of the web no more than a folder: what follows an at sign there is another host. */
    static boolean addressed(String word, String one) {
      return word.startsWith("http") ? folder(word, one) : tagged(word, one);
    }
  }

  private static Stream<String> within(
      String what, Stream<String> asked, List<String> allowed, BiPredicate<String, String> is) {
    return allowed == null
        ? Stream.empty()
        : asked
            .filter(word -> allowed.stream().noneMatch(one -> is.test(word, one)))
            .map(word -> "%s is %s, allowed: %s".formatted(what, word, String.join(", ", allowed)));
  }

  private static Stream<String> atMost(String what, Optional<Double> asked, Number allowed) {
    return asked
        .filter(number -> allowed != null && number > allowed.doubleValue())
        .map(number -> "%s: %s, allowed: %s".formatted(what, plain(number), plain(allowed)))
        .stream();
  }

  private static String plain(Number number) {
    double value = number.doubleValue();
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private Optional<Double> number(String path) {
    return Optional.of(spec.at(path)).filter(JsonNode::isNumber).map(JsonNode::asDouble);
  }

  private Stream<String> models() {
    var candidates = StreamSupport.stream(spec.path("candidates").spliterator(), false);
    return Stream.concat(
        Stream.of("/baseModel/uri", "/base/uri").flatMap(path -> texts(spec.at(path))),
        candidates.flatMap(candidate -> texts(candidate.path("uri"))));
  }

  private Stream<String> addresses() {
    return ADDRESSES.stream()
        .flatMap(field -> spec.findValues(field).stream())
        .flatMap(ProfileLimits::texts);
  }

  private Stream<String> buckets() {
    return Stream.concat(
        addresses().filter(uri -> uri.startsWith(S3)).map(uri -> uri.split("/", 4)[2]),
        texts(spec.at("/storage/bucket")));
  }

  /** The text that it is, or those of its list. */
  private static Stream<String> texts(JsonNode node) {
    return (node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }
}
