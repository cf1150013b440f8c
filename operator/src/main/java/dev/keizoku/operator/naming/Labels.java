package dev.keizoku.operator.naming;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** Labels and annotations on everything that the operator makes. */
public final class Labels {

  /** Whose object it is; informers select by it. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Value of {@link #MANAGED_BY}. */
  public static final String OPERATOR = "keizoku-operator";

  /** Kind of the owner, in lower case. */
  public static final String KIND = "keizoku.dev/kind";

  /** Name of the owner. */
  public static final String NAME = "keizoku.dev/name";

  /** Number of the attempt. */
  public static final String ATTEMPT = "keizoku.dev/attempt";

  /** Set on what plans a run; never together with {@link #ATTEMPT}. */
  public static final String PLAN = "keizoku.dev/plan";

  /** Identity of the run, as an annotation. */
  public static final String RUN_UID = "keizoku.dev/run-uid";

  /** Generation of the owner's spec, as an annotation. */
  public static final String GENERATION = "keizoku.dev/generation";

  /** The label by which Kueue finds the WorkloadPriorityClass. */
  public static final String QUEUE_PRIORITY = "kueue.x-k8s.io/priority-class";

  /** The label by which Kueue finds its queue. */
  public static final String QUEUE = "kueue.x-k8s.io/queue-name";

  /** Annotation on a resource: another value than before tries a failed run again. */
  public static final String RETRY = "keizoku.dev/retry";

  /** Annotation on a resource: "true" holds the run, whatever its spec says. */
  public static final String SUSPEND = "keizoku.dev/suspend";

  /** Annotation on a resource: another value than before asks its program for a checkpoint. */
  public static final String CHECKPOINT = "keizoku.dev/checkpoint";

  private Labels() {}

  /** The value of a resource's annotation; null for none. */
  public static String annotation(HasMetadata resource, String name) {
    var annotations = resource.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(name);
  }

  /** Selects the children of every resource of that kind. */
  public static String selector(Class<? extends HasMetadata> kind) {
    return "%s=%s,%s=%s".formatted(MANAGED_BY, OPERATOR, KIND, HasMetadata.getSingular(kind));
  }

  /** Labels of a child of that resource. */
  public static Map<String, String> of(HasMetadata owner) {
    return Map.of(
        "app.kubernetes.io/name",
        "keizoku",
        MANAGED_BY,
        OPERATOR,
        KIND,
        owner.getSingular(),
        NAME,
        owner.getMetadata().getName());
  }
}
