package dev.keizoku.operator.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.GarbageCollected;
import io.javaoperatorsdk.operator.processing.dependent.Creator;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;

/**
 * The ConfigMap with {@code run.yaml}: made once when the run begins, and immutable, so that every
 * attempt reads the same. What is changed while a run stands still comes with another name.
 *
 * @param <R> the resource
 */
public abstract class RunFileDependent<R extends CustomResource<?, ?> & RunResource>
    extends KubernetesDependentResource<ConfigMap, R>
    implements Creator<ConfigMap, R>, GarbageCollected<R> {

  /** Key of the file. */
  public static final String FILE = "run.yaml";

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private final RunContext<R> run;

  protected RunFileDependent(RunContext<R> run) {
    super(ConfigMap.class);
    this.run = run;
  }

  @Override
  protected ConfigMap desired(R resource, Context<R> context) {
    return configMap(
        resource,
        run.names(resource).configMap(),
        run.kind().runFile(resource, run.head(resource)));
  }

  /** A ConfigMap that holds that record as its run file. */
  static ConfigMap configMap(HasMetadata owner, String name, Object record) {
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
