package dev.keizoku.eval.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.eval.plan.RunRequests;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.program.RunFile;
import dev.keizoku.storage.ObjectStore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eval requests RUN.yaml}. */
@Command(
    name = "requests",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what a run asks its models, a line of JSON a question: task, doc_id, arguments (the",
      "text before and each answer, as they are shown to a model) and target. Loads no model."
    })
public final class RequestsCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "RUN.yaml", description = "The run file.")
  private Path runFile;

  @Spec private CommandSpec spec;

  private final Function<StorageSpec, ObjectStore> stores;

  /**
   * @param stores opens the store of a run
   */
  public RequestsCommand(Function<StorageSpec, ObjectStore> stores) {
    this.stores = stores;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    var run = RunFile.read(runFile, EvalRun.class);
    var out = spec.commandLine().getOut();
    try (var store = stores.apply(run.storage())) {
      for (var task : RunRequests.of(run, store)) {
        for (var request : task.requests()) {
          out.println(line(task, request));
        }
      }
    }
    out.flush();
    return ExitCode.DONE.code();
  }

  private static String line(TaskRequests task, Request request) throws JsonProcessingException {
    var line = JsonNodeFactory.instance.objectNode();
    line.put("task", task.name()).put("doc_id", request.doc().index());
    var arguments = line.putArray("arguments");
    request
        .continuations()
        .forEach(answer -> arguments.addArray().add(request.context()).add(answer));
    return JSON.writeValueAsString(line.put("target", request.gold()));
  }
}
