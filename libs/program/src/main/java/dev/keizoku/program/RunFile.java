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
      throw RunFault.userError(Reason.RUN_FILE_INVALID, sentence(file, type, e), e);
    } catch (IOException e) {
      throw RunFault.userError(
          Reason.RUN_FILE_UNREADABLE,
          "Cannot read run file " + file + ": give the path of a YAML file.",
          e);
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
    var problem =
        e instanceof UnrecognizedPropertyException unknown
            ? "there is no such field, only " + unknown.getKnownPropertyIds()
            : e.getOriginalMessage().lines().findFirst().orElse("").strip();
    return "Run file %s is not a %s%s%s: %s."
        .formatted(
            file,
            type.getSimpleName(),
            where,
            field.isEmpty() ? "" : ", field " + field,
            problem.replaceAll("\\.$", ""));
  }
}
