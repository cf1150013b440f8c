package dev.keizoku.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.setting.Check;
import dev.keizoku.contract.setting.NearName;
import dev.keizoku.contract.setting.UnknownField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a run file: YAML or JSON of one of the contract's records, strictly. */
public final class RunFile {
  /** A run file is a ConfigMap's value, which Kubernetes bounds at 1 MiB. */
  private static final long MAX_BYTES = 1 << 20;

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private RunFile() {}

  /**
   * Reads {@code file} as a {@code type}.
   *
   * @throws RunFault (exit 42) when the file is not there, is larger than 1 MiB, or does not fit:
   *     the sentence names the field and the line
   */
  public static <R extends Record> R read(Path file, Class<R> type) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw RunFault.userError(
            Reason.RUN_FILE_INVALID, "Run file " + file + " is larger than 1 MiB: shorten it.");
      }
      var text = Files.readString(file);
      var run = YAML.readValue(text, type);
      if (run == null) {
        throw RunFault.userError(Reason.RUN_FILE_INVALID, "Run file " + file + " is empty.");
      }
      var unknown = Check.unknown(YAML.readTree(text), type);
      if (unknown.isPresent()) {
        throw unknown(file, type, unknown.get());
      }
      // First each setting by itself, then how they fit each other.
      Check.requireTranslated(run);
      Check.require(run);
      return run;
    } catch (JsonProcessingException e) {
      throw RunFault.userError(
          Reason.RUN_FILE_INVALID, sentence(file, type, misspelt(file, type).orElse(e)), e);
    } catch (IOException e) {
      throw RunFault.userError(
          Reason.RUN_FILE_UNREADABLE,
          "Cannot read run file " + file + ": give the path of a YAML file.",
          e);
    }
  }

  /** A number is missing because it is there under another name: that is what to tell. */
  private static Optional<JsonProcessingException> misspelt(Path file, Class<?> type) {
    try {
      YAML.reader()
          .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .readValue(Files.readString(file), type);
      return Optional.empty();
    } catch (UnrecognizedPropertyException e) {
      return Optional.of(e);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String sentence(Path file, Class<?> type, JsonProcessingException e) {
    var field = e instanceof JsonMappingException mapping ? path(mapping) : "";
    var where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
    var told = e.getOriginalMessage().lines().findFirst().orElse("").strip();
    var problem =
        e instanceof UnrecognizedPropertyException unknown
            ? noSuchField(unknown.getPropertyName(), unknown.getKnownPropertyIds())
            : e instanceof InvalidFormatException word && word.getTargetType().isEnum()
                ? unsupported(word)
                : told.replaceFirst("^Cannot map `null` into.*", "it is missing");
    return "Run file %s does not fit %s%s%s: %s."
        .formatted(
            file,
            type.getSimpleName(),
            where,
            field.isEmpty() ? "" : ", field " + field,
            problem.replaceAll("\\.$", ""));
  }

  /** Jackson lets a field pass that lies beside those of an unwrapped record. */
  private static RunFault unknown(Path file, Class<?> type, UnknownField unknown) {
    return RunFault.userError(
        Reason.RUN_FILE_INVALID,
        "Run file %s does not fit %s, field %s: %s."
            .formatted(
                file,
                type.getSimpleName(),
                unknown.path(),
                noSuchField(unknown.name(), unknown.known())));
  }

  private static String path(JsonMappingException mapping) {
    return mapping.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  /** In the API server's words. */
  private static String unsupported(InvalidFormatException word) {
    var words =
        Arrays.stream(word.getTargetType().getEnumConstants())
            .map(value -> YAML.convertValue(value, String.class))
            .map(value -> '"' + value + '"')
            .collect(Collectors.joining(", "));
    return "Unsupported value: \"%s\": supported values: %s".formatted(word.getValue(), words);
  }

  private static String noSuchField(String name, Collection<?> known) {
    var names = known.stream().map(Object::toString).sorted().toList();
    return "there is no such field%s, only %s"
        .formatted(
            NearName.of(name, names).map(near -> " (did you mean " + near + "?)").orElse(""),
            String.join(", ", names));
  }
}
