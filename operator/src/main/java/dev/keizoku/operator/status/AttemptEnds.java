package dev.keizoku.operator.status;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.status.AttemptEnd.Consequence;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import java.util.Objects;
import java.util.Optional;

/** Tells from a Job that ended how its attempt ended. */
final class AttemptEnds {
  private static final int KILLED = 137;
  private static final int MESSAGE_LIMIT = 1024;

  private AttemptEnds() {}

  static AttemptEnd of(ObservedJob job, String runUid) {
    var pod = job.pod();
    if (pod != null && pod.end() != null) {
      return ofExit(pod, pod.end(), report(pod, runUid).orElse(null));
    }
    if (pod != null && pod.terminal()) {
      var reason = loss(pod, RunReason.POD_FAILED);
      return AttemptEnd.unseen(
          Consequence.INFRASTRUCTURE, reason, "The pod was taken away: " + reason.text() + ".");
    }
    return ofVanishedPod(job);
  }

  private static AttemptEnd ofExit(ObservedPod pod, ObservedPod.End end, FinalReport report) {
    int code = end.exitCode();
    if (code == ExitCode.DONE.code() && report != null) {
      return end(
          Consequence.COMPLETED,
          word(report, RunReason.COMPLETED),
          words(end, report),
          end,
          report);
    }
    if (code == ExitCode.DONE.code()) {
      return end(
          Consequence.FAILED,
          RunReason.NO_REPORT,
          "The program ended without its final report.",
          end,
          null);
    }
    if (code == ExitCode.USER_ERROR.code()) {
      return end(
          Consequence.USER_ERROR,
          word(report, RunReason.USER_ERROR),
          words(end, report),
          end,
          report);
    }
    if ("OOMKilled".equals(end.reason())) {
      var message =
          "The program needed more memory than its limit; raise podTemplate.resources.limits.memory.";
      return end(Consequence.FAILED, RunReason.OUT_OF_MEMORY, message, end, null);
    }
    if (code == ExitCode.TERMINATED.code() || code == KILLED) {
      var reason = loss(pod, RunReason.TERMINATED);
      return end(
          Consequence.INFRASTRUCTURE,
          reason,
          "The pod was stopped: " + reason.text() + ".",
          end,
          report);
    }
    return end(
        Consequence.FAILED,
        word(report, RunReason.PROGRAM_FAILED),
        words(end, report),
        end,
        report);
  }

  /** The Job controller's words are all that is left when the pod is gone. */
  private static AttemptEnd ofVanishedPod(ObservedJob job) {
    var words = Objects.requireNonNullElse(job.message(), "");
    if (words.contains("exit code " + ExitCode.USER_ERROR.code())) {
      return new AttemptEnd(
          Consequence.USER_ERROR,
          RunReason.USER_ERROR,
          "The program asked for a change, but its pod is gone with the sentence that says which; "
              + "set suspend to true and to false again to see it.",
          ExitCode.USER_ERROR.code(),
          null,
          null);
    }
    if (job.outcome() == ObservedJob.Outcome.COMPLETE) {
      return new AttemptEnd(
          Consequence.FAILED,
          RunReason.NO_REPORT,
          "The program ended, but its pod is gone with the final report.",
          ExitCode.DONE.code(),
          null,
          null);
    }
    return AttemptEnd.unseen(
        Consequence.INFRASTRUCTURE, RunReason.POD_LOST, "The pod is gone. " + words);
  }

  private static AttemptEnd end(
      Consequence consequence,
      StatusReason reason,
      String message,
      ObservedPod.End end,
      FinalReport report) {
    return new AttemptEnd(consequence, reason, message, end.exitCode(), end.at(), report);
  }

  private static StatusReason word(FinalReport report, RunReason otherwise) {
    return StatusReason.ofProgram(report == null ? null : report.reason(), otherwise);
  }

  /** Kubernetes' own word for it: a few are known, and any may come with a newer version. */
  private static StatusReason loss(ObservedPod pod, RunReason otherwise) {
    return pod.lossReason() == null ? otherwise : StatusReason.read(pod.lossReason());
  }

  private static String words(ObservedPod.End end, FinalReport report) {
    if (report != null && report.message() != null) {
      return report.message();
    }
    var log = end.message() == null ? "" : end.message().strip();
    var tail = log.length() > MESSAGE_LIMIT ? log.substring(log.length() - MESSAGE_LIMIT) : log;
    return "The program ended with exit code %d.%s"
        .formatted(end.exitCode(), tail.isEmpty() ? "" : " Its last words: " + tail);
  }

  /** A report of another run is no report. */
  static Optional<FinalReport> report(ObservedPod pod, String runUid) {
    return Optional.ofNullable(pod.end())
        .map(ObservedPod.End::report)
        .filter(report -> runUid.equals(report.runUid()));
  }
}
