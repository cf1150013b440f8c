package dev.keizoku.operator.child;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The ConfigMap with {@code run.yaml}: made once when the run begins, and immutable, so that every
 * attempt reads the same. What is changed while a run stands still comes with another name.
 */
final class RunFileMap {
  /** Key of the file. */
  private static final String FILE = "run.yaml";

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private RunFileMap() {}

  /** A ConfigMap that holds that record as its run file. */
  static ConfigMap of(HasMetadata owner, String name, Object record) {
    try {
      return new ConfigMapBuilder()
          .withNewMetadata()
          .withNamespace(owner.getMetadata().getNamespace())
          .withName(name)
          .withLabels(Labels.of(owner))
          .endMetadata()
          .withImmutable(true)
          .addToData(FILE, YAML.writeValueAsString(record))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a run record cannot be written as YAML", e);
    }
  }
}
