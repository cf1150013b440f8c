package dev.keizoku.operator.kubeapi;

import dev.keizoku.operator.naming.SpecHash;

/** Small valid manifests, and final reports of their programs. */
public final class Manifests {
  public static final String CORPUS =
      """
      apiVersion: keizoku.dev/v1alpha1
      kind: FinCorpus
      metadata:
        name: finance
      spec:
        sources:
        - name: notices
          uri: s3://keizoku/raw/
          licence: CC0-1.0
        tokenizer:
          uri: s3://keizoku/tokenizer/
      """;

  public static final String PRETRAIN =
      """
      apiVersion: keizoku.dev/v1alpha1
      kind: ContinualPretrain
      metadata:
        name: tuned
      spec:
        baseModel:
          uri: s3://keizoku/base/
        data:
        - corpusRef:
            name: finance
        sequenceLength: 128
        maxSteps: 100
        globalBatchSize: 8
        microBatchSize: 2
        learningRate: 0.0003
        precision: fp32
        parallelism:
          devices: 4
          deviceType: cpu
      """;

  public static final String EVAL =
      """
      apiVersion: keizoku.dev/v1alpha1
      kind: BenchmarkEval
      metadata:
        name: compare
      spec:
        base:
          uri: s3://keizoku/base/
        candidates:
        - name: tuned
          continualPretrainRef:
            name: tuned
        gate:
          minDelta: 0.01
      """;

  private Manifests() {}

  /** A digest that stands for that word's. */
  public static String digest(String word) {
    return SpecHash.of(word);
  }

  /** The same resource, whose artifacts are to be deleted with it. */
  static String goesWithItsArtifacts(String yaml) {
    return yaml.replace("spec:\n", "spec:\n  retention: {onDelete: Delete}\n");
  }

  public static String corpusReport(String runUid, String output, String version) {
    return """
    {"runUid":"%s","reason":"Completed","message":"1,234 documents.",
     "artifact":{"uri":"%s/versions/%s/manifest.json","sha256":"%s","bytes":5000},
     "corpus":{"version":"%s","documents":1234,"tokens":3456789,"heldOutDocuments":12,
     "heldOutTokens":3400,"dropped":{"too-short":7},"tokenizerSha256":"aa"}}\
    """
        .formatted(runUid, output, version, digest(version), version);
  }

  public static String planReport(String runUid, boolean fits, String reason, String message) {
    return """
    {"runUid":"%s","reason":"%s","message":"%s",
     "plan":{"summary":"Needs 1.50 GiB a device.","parameters":1000,"device":"a CPU rank",
     "fits":%s,"deviceBytes":1610612736,"usableBytes":1700000000,
     "memory":[{"part":"parameters","bytes":600000000},{"part":"gradients","bytes":1010612736}],
     "steps":100,"tokens":102400,"corpora":[{"name":"finance","epochs":1.9}]}}\
    """
        .formatted(runUid, reason, message, fits);
  }

  public static String evalPlanReport(String runUid, boolean fits, String reason, String message) {
    return """
    {"runUid":"%s","reason":"%s","message":"%s",
     "evalPlan":{"summary":"2 models.","dtype":"float32","fits":%s,"usableBytes":6000000000,
     "models":[{"name":"base","questions":44,"known":2,"tokens":9000,"bytes":1000000,
     "hours":0.5},{"name":"tuned","questions":46,"known":0,"tokens":9000,"bytes":1000000,
     "hours":0.5}],"tokens":18000,"hours":1.0,"basis":"timed here","detectable":0.0681,
     "tasks":[{"name":"cma_basics","questions":38,"detectable":0.249}]}}\
    """
        .formatted(runUid, reason, message, fits);
  }

  public static String trainReport(String runUid, String output) {
    return """
    {"runUid":"%s","reason":"Completed","message":"100 steps.",
     "artifact":{"uri":"%s/model/manifest.json","sha256":"%s","bytes":5000},
     "train":{"steps":100,"tokens":102400,"finalLoss":3.25,
     "perplexity":[{"name":"finance","before":900.5,"after":120.25}],"resumedFromStep":50},
     "lastCheckpointStep":100}\
    """
        .formatted(runUid, output, digest("model"));
  }

  static String saved(String runUid, long step) {
    return """
    {"runUid":"%s","reason":"Terminated","message":"Saved.","lastCheckpointStep":%d}\
    """
        .formatted(runUid, step);
  }

  public static String evalReport(String runUid, String output, double delta) {
    return """
    {"runUid":"%s","reason":"Completed","message":"Scored.",
     "artifact":{"uri":"%s/manifest.json","sha256":"%s","bytes":50},
     "eval":{"scores":[{"task":"fp2","metric":"acc","candidate":"tuned","base":0.25,"tuned":0.3,
     "delta":0.05,"ciLow":0.01,"ciHigh":0.09,"n":100}],
     "overall":[{"task":"overall","metric":"mean","candidate":"tuned","base":0.25,"tuned":%s,
     "delta":%s,"ciLow":-0.01,"ciHigh":0.09,"n":100}],
     "alpha":0.05,"summaries":[{"candidate":"tuned","same":false,"low":%s,"high":0.08,
     "weakest":{"task":"fp2","gain":-0.04},"lost":{"task":"fp2","gain":0.09}}]}}\
    """
        .formatted(runUid, output, digest("eval"), 0.25 + delta, delta, delta / 2);
  }

  static String failure(String runUid, String reason, String message) {
    return """
    {"runUid":"%s","reason":"%s","message":"%s"}\
    """
        .formatted(runUid, reason, message);
  }
}
