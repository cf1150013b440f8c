package dev.keizoku.operator.status;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.status.AttemptEnd.Consequence;
import dev.keizoku.operator.words.LastWords;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells from a Job that ended how its attempt ended. */
final class AttemptEnds {
  private static final int KILLED = 137;

  /** What a JVM exits with that was told to when its heap is exhausted. */
  private static final int HEAP_EXHAUSTED = 3;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Source: kubernetes pkg/kubelet/eviction/helpers.go, the wording of before 1.27 too. */
  private static final Pattern OWN_USE = Pattern.compile("exceed|has larger consumption of");

  private static final Pattern SHORT_OF_MEMORY = Pattern.compile("low on resource: memory");

  private AttemptEnds() {}

  /** How the attempt of a run ended that writes there: it completes with an artifact of its own. */
  static AttemptEnd ofRun(ObservedJob job, String runUid, String output) {
    var end = of(job, runUid);
    if (end.consequence() != Consequence.COMPLETED) {
      return end;
    }
    var artifact = end.report().artifact();
    if (artifact != null
        && artifact.uri().startsWith(output + "/")
        && DIGEST.matcher(artifact.sha256()).matches()) {
      return end;
    }
    return new AttemptEnd(
        Consequence.FAILED,
        RunReason.INVALID_REPORT,
        ("The program says that it is done, but not with an artifact below %s and its SHA-256; look"
                + " at the image that is set as spec.image.")
            .formatted(output),
        end.exitCode(),
        end.at(),
        end.report());
  }

  static AttemptEnd of(ObservedJob job, String runUid) {
    var pod = job.pod();
    if (pod != null && pod.end() != null) {
      return ofExit(pod, pod.end(), report(pod, runUid).orElse(null));
    }
    if (pod != null && pod.terminal()) {
      var reason = loss(pod, RunReason.POD_FAILED);
      return AttemptEnd.unseen(
          ownLimit(pod) ? Consequence.FAILED : Consequence.INFRASTRUCTURE,
          reason,
          taken("The pod was taken away", pod, reason));
    }
    return ofVanishedPod(job);
  }

  private static AttemptEnd ofExit(ObservedPod pod, ObservedPod.End end, FinalReport report) {
    int code = end.exitCode();
    if (code == ExitCode.DONE.code()) {
      return done(end, report);
    }
    if (code == ExitCode.USER_ERROR.code()) {
      var reason = word(report, RunReason.USER_ERROR);
      return end(Consequence.USER_ERROR, reason, words(end, report), end, report);
    }
    var memory = memory(end);
    if (memory.isPresent()) {
      return end(Consequence.FAILED, RunReason.OUT_OF_MEMORY, memory.get(), end, null);
    }
    if (code == ExitCode.TERMINATED.code() || code == KILLED) {
      var reason = loss(pod, RunReason.TERMINATED);
      var follows = ownLimit(pod) ? Consequence.FAILED : Consequence.INFRASTRUCTURE;
      return end(follows, reason, taken("The pod was stopped", pod, reason), end, report);
    }
    var reason = word(report, RunReason.PROGRAM_FAILED);
    return end(Consequence.FAILED, reason, words(end, report), end, report);
  }

  private static AttemptEnd done(ObservedPod.End end, FinalReport report) {
    return report == null
        ? end(
            Consequence.FAILED,
            RunReason.NO_REPORT,
            "The program ended without its final report.",
            end,
            null)
        : end(
            Consequence.COMPLETED,
            word(report, RunReason.COMPLETED),
            words(end, report),
            end,
            report);
  }

  /** What is said of a program that needed more memory than it has; empty for any other end. */
  private static Optional<String> memory(ObservedPod.End end) {
    if ("OOMKilled".equals(end.reason())) {
      return Optional.of(
          "The program needed more memory than its limit; raise"
              + " podTemplate.resources.limits.memory.");
    }
    var log = Objects.requireNonNullElse(end.message(), "");
    return end.exitCode() == HEAP_EXHAUSTED && log.contains("OutOfMemory")
        ? Optional.of(
            "The program needed more memory than its heap, which is a share of the pod's; raise"
                + " podTemplate.resources.limits.memory.")
        : Optional.empty();
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
    return pod.loss() == null ? otherwise : StatusReason.read(pod.loss().reason());
  }

  /**
   * The kubelet evicts a pod that used more of its node than it may, or, on a node that is short of
   * it, more than it asked for: its own fault, and the next attempt would end so too.
   */
  private static boolean ownLimit(ObservedPod pod) {
    return pod.loss() != null
        && "Evicted".equals(pod.loss().reason())
        && pod.loss().message() != null
        && OWN_USE.matcher(pod.loss().message()).find();
  }

  /** With the words of who took it away, and what to change where it is the pod's own use. */
  private static String taken(String what, ObservedPod pod, StatusReason reason) {
    var words = pod.loss() == null ? null : pod.loss().message();
    return words == null
        ? "%s: %s.".formatted(what, reason.text())
        : "%s: %s. %s%s".formatted(what, reason.text(), words.strip(), advice(pod));
  }

  private static String advice(ObservedPod pod) {
    if (!ownLimit(pod)) {
      return "";
    }
    return SHORT_OF_MEMORY.matcher(pod.loss().message()).find()
        ? " Raise podTemplate.resources.requests.memory to what the program uses."
        : " Give podTemplate.volumes a volume named scratch that is large enough (status.plan says"
            + " how much a training writes), or raise ephemeral-storage in podTemplate.resources.";
  }

  private static String words(ObservedPod.End end, FinalReport report) {
    if (report != null && report.message() != null) {
      return LastWords.strike(report.message());
    }
    var tail = LastWords.of(end.message());
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
