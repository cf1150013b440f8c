package dev.keizoku.operator.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.status.AttemptEnd.Verdict;
import java.util.Objects;
import java.util.Optional;

/** Tells from a Job that ended how its attempt ended. */
final class AttemptEnds {
  private static final int KILLED = 137;
  private static final int MESSAGE_LIMIT = 1024;
  // A newer program may say more than this operator knows.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private AttemptEnds() {}

  static AttemptEnd of(ObservedJob job, String runUid) {
    var pod = job.pod();
    if (pod != null && pod.end() != null) {
      return ofExit(pod, pod.end(), report(pod, runUid).orElse(null));
    }
    if (pod != null && pod.terminal()) {
      var reason = pod.lossReason() == null ? "PodFailed" : pod.lossReason();
      return new AttemptEnd(
          Verdict.INFRASTRUCTURE,
          reason,
          "The pod was taken away: " + reason + ".",
          null,
          null,
          null);
    }
    return ofVanishedPod(job);
  }

  private static AttemptEnd ofExit(ObservedPod pod, ObservedPod.End end, FinalReport report) {
    int code = end.exitCode();
    if (code == ExitCode.DONE.code() && report != null) {
      return end(Verdict.COMPLETED, report.reason(), report.message(), end, report);
    }
    if (code == ExitCode.DONE.code()) {
      return end(
          Verdict.FAILED, "NoReport", "The program ended without its final report.", end, null);
    }
    if (code == ExitCode.USER_ERROR.code()) {
      return end(Verdict.USER_ERROR, reason(report, "UserError"), words(end, report), end, report);
    }
    if ("OOMKilled".equals(end.reason())) {
      var message =
          "The program needed more memory than its limit; raise podTemplate.resources.limits.memory.";
      return end(Verdict.FAILED, "OutOfMemory", message, end, null);
    }
    if (code == ExitCode.TERMINATED.code() || code == KILLED) {
      var reason = pod.lossReason() == null ? "Terminated" : pod.lossReason();
      return end(
          Verdict.INFRASTRUCTURE, reason, "The pod was stopped: " + reason + ".", end, report);
    }
    return end(Verdict.FAILED, reason(report, "ProgramFailed"), words(end, report), end, report);
  }

  /** The Job controller's words are all that is left when the pod is gone. */
  private static AttemptEnd ofVanishedPod(ObservedJob job) {
    var words = Objects.requireNonNullElse(job.message(), "");
    if (words.contains("exit code " + ExitCode.USER_ERROR.code())) {
      return new AttemptEnd(
          Verdict.USER_ERROR,
          "UserError",
          "The program asked for a change, but its pod is gone with the sentence that says which; "
              + "set suspend to true and to false again to see it.",
          ExitCode.USER_ERROR.code(),
          null,
          null);
    }
    if (job.outcome() == ObservedJob.Outcome.COMPLETE) {
      return new AttemptEnd(
          Verdict.FAILED,
          "NoReport",
          "The program ended, but its pod is gone with the final report.",
          0,
          null,
          null);
    }
    return new AttemptEnd(
        Verdict.INFRASTRUCTURE, "PodLost", "The pod is gone. " + words, null, null, null);
  }

  private static AttemptEnd end(
      Verdict verdict, String reason, String message, ObservedPod.End end, FinalReport report) {
    return new AttemptEnd(verdict, reason, message, end.exitCode(), end.at(), report);
  }

  private static String reason(FinalReport report, String otherwise) {
    return report == null || report.reason() == null ? otherwise : report.reason();
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

  /** A report of another run (or the log of a program that crashed) is no report. */
  static Optional<FinalReport> report(ObservedPod pod, String runUid) {
    var message = pod.end() == null ? null : pod.end().message();
    if (message == null || !message.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readValue(message, FinalReport.class))
          .filter(report -> runUid.equals(report.runUid()));
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
  }
}
