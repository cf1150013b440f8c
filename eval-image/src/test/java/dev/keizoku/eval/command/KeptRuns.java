package dev.keizoku.eval.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.kept.KeptFiles;
import dev.keizoku.eval.kept.KeptModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import picocli.CommandLine;

/** Runs that were kept, compared by the commands. */
final class KeptRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeptRuns() {}

  /** What a command prints. */
  static String printed(Object command, String... arguments) {
    var printed = new StringWriter();
    new CommandLine(command).setOut(new PrintWriter(printed)).execute(arguments);
    return printed.toString();
  }

  /** That runs are not compared, and why. */
  static void refused(String sentence, String... files) {
    var reader = new KeptFiles(TaskCatalog.load());
    assertThatThrownBy(
            () -> {
              var models = new ArrayList<KeptModel>();
              for (var file : files) {
                models.addAll(reader.read(file));
              }
              var command = new CompareCommand();
              var line = new CommandLine(command);
              line.parseArgs(files);
              command.call();
            })
        .isInstanceOf(RunFault.class)
        .hasMessageContaining(sentence);
  }

  /** A file of scores of one task, fp2. */
  static String scores(Path folder, String name, String fp2) throws IOException {
    var results = JSON.createObjectNode();
    results.set("fp2", JSON.readTree(fp2));
    return results(folder, name, results);
  }

  /** A file of scores, as lm-evaluation-harness leaves it. */
  static String results(Path folder, String name, ObjectNode results) throws IOException {
    var file = JSON.createObjectNode().put("model_name", name);
    file.set("results", results);
    return Files.writeString(folder.resolve(name + ".json"), file.toString()).toString();
  }
}
