package dev.keizoku.program;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the threads of the work are at, for the log of a program that was asked to stop and does
 * not. The kubelet keeps a log's last lines, so that they can be read when the pod is gone.
 */
final class StillAtWork {
  private static final int FRAMES = 10;
  private static final int CHARACTERS = 1_500;

  private StillAtWork() {}

  /** The work's own threads, main first, with the innermost frames of each; bounded. */
  static String threads() {
    var text =
        Thread.getAllStackTraces().entrySet().stream()
            .filter(entry -> ofTheWork(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(entry -> !"main".equals(entry.getKey().getName())))
            .map(StillAtWork::describe)
            .collect(Collectors.joining("\n"));
    return text.substring(0, Math.min(text.length(), CHARACTERS));
  }

  private static boolean ofTheWork(Thread thread, StackTraceElement[] stack) {
    return thread != Thread.currentThread()
        && Stream.of(stack).anyMatch(frame -> frame.getClassName().startsWith("dev.keizoku."));
  }

  private static String describe(Map.Entry<Thread, StackTraceElement[]> entry) {
    var thread = entry.getKey();
    return Stream.of(entry.getValue())
        .limit(FRAMES)
        .map(frame -> "%s.%s:%d".formatted(name(frame), frame.getMethodName(), line(frame)))
        .collect(
            Collectors.joining(" < ", thread.getName() + " (" + thread.getState() + "): ", ""));
  }

  private static String name(StackTraceElement frame) {
    return frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
  }

  private static int line(StackTraceElement frame) {
    return Math.max(0, frame.getLineNumber());
  }
}
