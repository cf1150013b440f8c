package dev.keizoku.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  public static <R> R read(Path file, Class<R> type) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw RunFault.userError(
            Reason.RUN_FILE_INVALID, "Run file " + file + " is larger than 1 MiB: shorten it.");
      }
      return YAML.readValue(Files.readString(file), type);
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
    var field =
        e instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."))
            : "";
    var where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
    var told = e.getOriginalMessage().lines().findFirst().orElse("").strip();
    var problem =
        e instanceof UnrecognizedPropertyException unknown
            ? noSuchField(unknown)
            : told.replaceFirst("^Cannot map `null` into.*", "it is missing");
    return "Run file %s does not fit %s%s%s: %s."
        .formatted(
            file,
            type.getSimpleName(),
            where,
            field.isEmpty() ? "" : ", field " + field,
            problem.replaceAll("\\.$", ""));
  }

  private static String noSuchField(UnrecognizedPropertyException unknown) {
    var names = unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().toList();
    var meant = NearName.of(unknown.getPropertyName(), names);
    return "there is no such field%s, only %s"
        .formatted(
            meant.map(name -> " (did you mean " + name + "?)").orElse(""),
            String.join(", ", names));
  }
}
