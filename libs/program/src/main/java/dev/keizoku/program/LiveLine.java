package dev.keizoku.program;

import dev.keizoku.contract.result.ProgressReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One line under the log of a program that is watched at a terminal: the stage, what is done of
 * all, the rate, the time left. It is drawn anew in place; what is logged meanwhile goes above it.
 * It uses no escape codes, only a carriage return and spaces.
 */
final class LiveLine implements AutoCloseable {
  private static final int WIDTH = 79;
  private static final long MILLIS = 500;

  private final ProgressBoard board;
  private final PrintStream terminal;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private String shown = "";
  private boolean atLineStart = true;

  /** Shows the line under {@code System.err} until it is closed. */
  LiveLine(ProgressBoard board) {
    this.board = board;
    terminal = System.err;
    System.setErr(new PrintStream(new Above(), true, terminal.charset()));
    clock.scheduleWithFixedDelay(this::draw, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
  }

  /** True where somebody watches: input, output and log are one terminal. */
  static boolean isWatched() {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      return false;
    }
    try {
      return Files.isSameFile(Path.of("/proc/self/fd/1"), Path.of("/proc/self/fd/2"));
    } catch (IOException e) {
      return false;
    }
  }

  /** The line for a report, at most 79 characters. */
  static String text(ProgressReport report, double perSecond) {
    var line = new StringBuilder(report.stage()).append("  ");
    line.append(String.format(Locale.ROOT, "%,d", report.step()));
    if (report.totalSteps() != null) {
      var share = report.totalSteps() == 0 ? 100 : 100 * report.step() / report.totalSteps();
      line.append(String.format(Locale.ROOT, " of %,d", report.totalSteps()));
      line.append(" ").append(report.unit()).append(", ").append(share).append(" %");
    } else {
      line.append(" ").append(report.unit());
    }
    if (perSecond > 0) {
      line.append(String.format(Locale.ROOT, ", %.3g %s/s", perSecond, report.unit()));
    }
    if (report.estimatedRemainingSeconds() != null) {
      line.append(", ").append(time(report.estimatedRemainingSeconds())).append(" left");
    }
    return line.length() <= WIDTH ? line.toString() : line.substring(0, WIDTH);
  }

  private static String time(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    var minutes = seconds / 60;
    return minutes < 60
        ? minutes + " min " + seconds % 60 + " s"
        : minutes / 60 + " h " + minutes % 60 + " min";
  }

  private synchronized void draw() {
    if (!atLineStart) {
      return;
    }
    var text = text(board.report(), board.perSecond());
    terminal.print("\r" + text + " ".repeat(Math.max(0, shown.length() - text.length())));
    terminal.flush();
    shown = text;
  }

  private synchronized void clear() {
    if (!shown.isEmpty()) {
      terminal.print("\r" + " ".repeat(shown.length()) + "\r");
      shown = "";
    }
  }

  private synchronized void above(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    clear();
    terminal.write(bytes, offset, length);
    terminal.flush();
    atLineStart = bytes[offset + length - 1] == '\n';
  }

  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (this) {
      System.setErr(terminal);
      clear();
      terminal.flush();
    }
  }

  /** Where the log goes meanwhile. */
  private final class Above extends OutputStream {
    @Override
    public void write(int oneByte) {
      above(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      above(bytes, offset, length);
    }
  }
}
