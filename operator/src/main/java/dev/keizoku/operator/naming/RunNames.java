package dev.keizoku.operator.naming;

/**
 * Names of a run's children: resource, run and attempt. With a resource name of at most 52
 * characters (a rule of the definitions) a Job's name stays within the 63 of a label.
 *
 * @param resource name of the resource
 * @param run first six characters of the run's digest
 */
public record RunNames(String resource, String run) {
  private static final int LABEL_LENGTH = 63;

  /** Names for the run with that identity and spec. */
  public static RunNames of(String resource, String runUid, String specHash) {
    return new RunNames(resource, SpecHash.of(runUid, specHash).substring(0, 6));
  }

  /** The Job that plans a run, and its ConfigMap, by digest of what is planned. */
  public static String plan(String resource, String digest) {
    return resource + "-plan-" + digest.substring(0, 5);
  }

  /** The Job of an attempt; from the thousandth on a long name gives way. */
  public String job(int attempt) {
    var end = "-" + run + "-" + attempt;
    return resource.substring(0, Math.min(resource.length(), LABEL_LENGTH - end.length())) + end;
  }

  /** The ConfigMap with {@code run.yaml}. */
  public String configMap() {
    return resource + "-" + run;
  }

  /** The Job that removes the artifacts of the resource with that identity. */
  public static String deletion(String resource, String uid) {
    return resource + "-" + SpecHash.of(uid).substring(0, 6) + "-del";
  }
}
