package dev.keizoku.operator.naming;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests by which two specs, or the children of two runs, are told apart. */
public final class SpecHash {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .addModule(new SimpleModule().setSerializerModifier(new SetValues()))
          .build();

  private SpecHash() {}

  /**
   * Lower-case hex SHA-256 (64 characters) over the JSON of the parts, in their order; of records
   * what is not as by default. Children bear it in their names: a run that began before an upgrade
   * finds its run file by it, which the image that it began with understands.
   */
  public static String of(Object... parts) {
    try {
      return sha256(MAPPER.writeValueAsString(parts));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a spec that was read cannot be written", e);
    }
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
