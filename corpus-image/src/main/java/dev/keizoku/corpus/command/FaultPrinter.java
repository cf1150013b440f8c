package dev.keizoku.corpus.command;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Ends a subcommand with the fault's sentence and exit code. */
public final class FaultPrinter implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    if (e instanceof RunFault fault) {
      line.getErr().println(fault.reason() + ": " + fault.getMessage());
      return fault.exitCode().code();
    }
    e.printStackTrace(line.getErr());
    return ExitCode.TRY_AGAIN.code();
  }
}
