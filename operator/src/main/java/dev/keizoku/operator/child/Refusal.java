package dev.keizoku.operator.child;

import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;

/**
 * That the API server does not take a child.
 *
 * @param child what was to be made
 * @param words the server's, or its admission's
 * @param namespaceGoes true in a namespace that is being deleted; the resource's own deletion
 *     follows
 */
public record Refusal(String child, String words, boolean namespaceGoes) {
  private static final int UNPROCESSABLE = 422;

  /** No other try helps against these until somebody has changed something. */
  private static final Set<Integer> FOR_GOOD =
      Set.of(
          HttpURLConnection.HTTP_BAD_REQUEST,
          HttpURLConnection.HTTP_FORBIDDEN,
          HttpURLConnection.HTTP_NOT_FOUND,
          HttpURLConnection.HTTP_ENTITY_TOO_LARGE,
          UNPROCESSABLE);

  /**
   * What the fault says.
   *
   * @throws KubernetesClientException the same, when the server did not refuse but did not serve
   */
  static Refusal of(String child, KubernetesClientException fault) {
    if (!FOR_GOOD.contains(fault.getCode())) {
      throw fault;
    }
    var status = fault.getStatus();
    var words =
        status == null || status.getMessage() == null ? fault.getMessage() : status.getMessage();
    return new Refusal(child, words, namespaceGoes(fault));
  }

  /** What the fault says; empty when the server did not refuse but did not serve. */
  static Optional<Refusal> lasting(String child, KubernetesClientException fault) {
    return FOR_GOOD.contains(fault.getCode()) ? Optional.of(of(child, fault)) : Optional.empty();
  }

  /** Of a child whose name somebody else has taken. */
  static Refusal taken(String child) {
    return new Refusal(
        child, "one of that name is there that belongs to somebody else; delete it.", false);
  }

  private static boolean namespaceGoes(KubernetesClientException fault) {
    return fault.getStatus() != null
        && fault.getStatus().getDetails() != null
        && fault.getStatus().getDetails().getCauses().stream()
            .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
  }

  /** What the status says of it. */
  public Headline headline() {
    return headline(child, words);
  }

  /** What the status says of a child that was refused with those words. */
  public static Headline headline(String child, String words) {
    return words.contains("exceeded quota")
        ? new Headline(
            Phase.QUEUED,
            RunReason.QUOTA_EXCEEDED,
            "The namespace's quota has no room for %s, which is tried again: %s"
                .formatted(child, words))
        : new Headline(
            Phase.PENDING,
            RunReason.REFUSED,
            ("The cluster refuses %s. Change what it names; it is tried again, and goes on by"
                    + " itself: %s")
                .formatted(child, words));
  }
}
