package dev.keizoku.operator.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/**
 * What the installation gives every pod that the operator makes, as the chart writes it.
 *
 * @param fixedUser true for the user of the images; false where the platform gives each namespace
 *     its own, as OpenShift does
 * @param imagePullSecrets added to those of the pod template
 * @param helpers the small pods that plan and delete
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodSettings(
    Boolean fixedUser, List<LocalObjectReference> imagePullSecrets, Helpers helpers) {
  /** What an installation that says nothing gives. */
  public static final PodSettings DEFAULT = new PodSettings(null, null, null);

  /** Fills what is not set. */
  public PodSettings {
    fixedUser = fixedUser == null || fixedUser;
    imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
    helpers = helpers == null ? Helpers.NONE : helpers;
  }

  /**
   * What the small pods get besides what they keep of the run's pod template, so that a strict
   * namespace takes them.
   *
   * @param labels asked for by a policy; the pod template's go before them
   * @param annotations likewise
   * @param nodeSelector where they run
   * @param tolerations of the nodes there
   * @param resources in place of 200m and 128Mi requested and the limits; null for those
   * @param queueName Kueue's LocalQueue for their Jobs; null or empty for none
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Helpers(
      Map<String, String> labels,
      Map<String, String> annotations,
      Map<String, String> nodeSelector,
      List<Toleration> tolerations,
      ResourceRequirements resources,
      String queueName) {
    private static final Helpers NONE = new Helpers(null, null, null, null, null, null);

    /** Fills what is not set. */
    public Helpers {
      labels = labels == null ? Map.of() : labels;
      annotations = annotations == null ? Map.of() : annotations;
      nodeSelector = nodeSelector == null ? Map.of() : nodeSelector;
      tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
      queueName = queueName == null || queueName.isBlank() ? null : queueName;
    }
  }

  /**
   * Reads them; the settings' converter.
   *
   * @throws IllegalArgumentException when it is no JSON of that form; the operator does not start
   */
  public static PodSettings parse(CharSequence json) {
    try {
      return new ObjectMapper().readValue(json.toString(), PodSettings.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("keizoku.pods is not as the chart writes it: " + json, e);
    }
  }
}
