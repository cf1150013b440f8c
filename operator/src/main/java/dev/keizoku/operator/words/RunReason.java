package dev.keizoku.operator.words;

/** Every reason that the operator itself gives; users and their alerts rely on the words. */
public enum RunReason implements StatusReason {
  // Before the run begins.
  STORAGE_NOT_CONFIGURED("StorageNotConfigured"),
  PROFILE_NOT_FOUND("ProfileNotFound", true),
  OUTSIDE_PROFILE("OutsideProfile", true, true),
  CORPUS_NOT_FOUND("CorpusNotFound"),
  CORPUS_NOT_READY("CorpusNotReady"),
  CORPUS_FAILED("CorpusFailed", true, true),
  MODEL_NOT_FOUND("ModelNotFound"),
  MODEL_NOT_READY("ModelNotReady"),
  MODEL_FAILED("ModelFailed", true, true),
  CIRCULAR_REFERENCE("CircularReference", true, true),
  INPUTS_FOUND("InputsFound"),
  PLANNING("Planning"),
  PLAN_FAILED("PlanFailed"),

  // While an attempt is on its way or at work.
  WAITING_FOR_QUOTA("WaitingForQuota"),
  INADMISSIBLE("Inadmissible", true, true),
  WORKLOAD_DEACTIVATED("WorkloadDeactivated", true, true),
  ANOTHER_CLUSTER("AnotherCluster", true, true),
  UNSCHEDULABLE("Unschedulable"),
  POD_STARTING("PodStarting"),
  IMAGE_PULL_BACK_OFF("ImagePullBackOff", true),
  CREATE_CONTAINER_CONFIG_ERROR("CreateContainerConfigError", true),
  CREATE_CONTAINER_ERROR("CreateContainerError", true),
  RUN_CONTAINER_ERROR("RunContainerError", true),
  QUOTA_EXCEEDED("QuotaExceeded", true),
  REFUSED("Refused", true, true),
  VOLUME_NOT_READY("VolumeNotReady", true),
  POD_NOT_STARTING("PodNotStarting", true),
  RUNNING("Running"),
  PROGRESS_UNREACHABLE("ProgressUnreachable", true),
  NODE_LOST("NodeLost", true),

  // Between two attempts.
  STOPPING("Stopping"),
  SUSPENDED("Suspended"),
  BACKING_OFF("BackingOff", true),

  // How an attempt or the run ended.
  NO_REPORT("NoReport"),
  INVALID_REPORT("InvalidReport"),
  USER_ERROR("UserError"),
  PROGRAM_FAILED("ProgramFailed"),
  OUT_OF_MEMORY("OutOfMemory"),
  TERMINATED("Terminated"),
  EVICTED("Evicted"),
  POD_FAILED("PodFailed"),
  POD_DELETED("PodDeleted"),
  POD_LOST("PodLost"),
  JOB_DELETED("JobDeleted"),
  STALL_TIMEOUT("StallTimeout"),
  DEADLINE_EXCEEDED("DeadlineExceeded"),
  BUDGET_EXCEEDED("BudgetExceeded"),
  BACKOFF_LIMIT_EXCEEDED("BackoffLimitExceeded"),
  INTERRUPTED_TOO_OFTEN("InterruptedTooOften"),
  COMPLETED("Completed"),

  // Conditions of one kind.
  CHECKPOINT_COMMITTED("CheckpointCommitted"),
  NO_CHECKPOINT_YET("NoCheckpointYet"),
  FILES_LEFT_OUT("FilesLeftOut", true),
  GATE_PASSED("GatePassed"),
  GATE_BLOCKED("GateBlocked", true),
  GATE_INCONCLUSIVE("GateInconclusive", true),

  // What keeps the operator from its work.
  RECONCILE_FAILED("ReconcileFailed", true, true),
  DELETION_REFUSED("DeletionRefused", true),
  IN_USE("InUse", true),

  /** For a word that nobody can show. */
  UNKNOWN("Unknown");

  private final String text;
  private final boolean warns;
  private final boolean stalls;

  RunReason(String text) {
    this(text, false);
  }

  RunReason(String text, boolean warns) {
    this(text, warns, false);
  }

  RunReason(String text, boolean warns, boolean stalls) {
    this.text = text;
    this.warns = warns;
    this.stalls = stalls;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public boolean warns() {
    return warns;
  }

  @Override
  public boolean stalls() {
    return stalls;
  }
}
