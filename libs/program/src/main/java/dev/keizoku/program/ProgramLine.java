package dev.keizoku.program;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.program.store.StoreCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A program's command line, the same for all programs: the group {@code store}; {@code --version}
 * from the manifest; exit code 42 with a sentence and where help is for a wrong option or argument
 * of any subcommand; a fault's own sentence and exit code, 75 for a fault that has none.
 */
public final class ProgramLine {
  private static final Logger LOG = LoggerFactory.getLogger(ProgramLine.class);

  private ProgramLine() {}

  /**
   * Runs a program.
   *
   * @param program its main command
   * @param environment the process's
   * @param subcommands beside {@code store}
   * @param arguments the process's
   * @return the exit code for {@code System.exit}
   */
  public static int run(
      Object program, Map<String, String> environment, Object[] subcommands, String... arguments) {
    // Numbers in reports, tables and logs look the same on every machine.
    Locale.setDefault(Locale.ROOT);
    var bundle = environment.get(Authorities.BUNDLE);
    if (bundle != null && !bundle.isBlank()) {
      Authorities.trust(Path.of(bundle));
    }
    var line = new CommandLine(program);
    line.addSubcommand(StoreCommand.line(environment));
    for (var subcommand : subcommands) {
      line.addSubcommand(subcommand);
    }
    return set(line).execute(arguments);
  }

  /** Sets up a command line with all subcommands that it has by then, and returns it. */
  public static CommandLine set(CommandLine line) {
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Duration.class, ProgramLine::duration);
    line.setParameterExceptionHandler(ProgramLine::wrongInput);
    line.setExecutionExceptionHandler(ProgramLine::fault);
    version(line, ProgramVersion.of(line.getCommandName()));
    return line;
  }

  private static void version(CommandLine line, String text) {
    line.getCommandSpec().version(text);
    line.getSubcommands().values().forEach(subcommand -> version(subcommand, text));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration in ISO 8601, for instance PT2M");
    }
  }

  private static int wrongInput(ParameterException e, String[] arguments) {
    var line = e.getCommandLine();
    var err = line.getErr();
    err.println(e.getMessage().replaceFirst("\\.?$", "."));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USER_ERROR.code();
  }

  private static int fault(Exception e, CommandLine line, ParseResult parsed) {
    if (e instanceof RunFault fault) {
      line.getErr().println(fault.reason().word() + ": " + fault.getMessage());
      LOG.debug("The cause", fault);
      return fault.exitCode().code();
    }
    Program.unexpected(e);
    return ExitCode.TRY_AGAIN.code();
  }
}
