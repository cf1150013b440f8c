package dev.keizoku.eval.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.eval.ApiModel;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.ChatServer;
import dev.keizoku.eval.catalog.TaskCatalog;
import dev.keizoku.eval.request.TaskRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiWriterTest {
  private static final int LOOKS = 4;

  /** Who reads the progress sees for how long it has been the same. */
  @Test
  void anEndpointThatHangsCanBeStoppedAndIsNoProgress() throws IOException {
    var told = new ArrayList<Integer>();
    var looks = new ArrayList<Integer>();
    try (var server = new ChatServer()) {
      server.behaves(
          (exchange, body, attempt) -> {
            if (server.asked() > 1) {
              server.hang();
            }
            ChatServer.say(exchange, "答え");
          });
      var place = new ApiModel(server.base().toString(), "a-model", 1, null, null);
      var model = new EvalRun.Model("hosted", null, null, new ApiModel.Order(place, null, null));
      var task = TaskRequests.of(TaskCatalog.load().find("jfinqa"), List.of(), 2).getFirst();
      try (var writer = new ApiWriter(model)) {
        assertThatThrownBy(
                () ->
                    writer.score(
                        task,
                        false,
                        told::add,
                        () -> {
                          if (!told.isEmpty()) {
                            looks.add(told.size());
                          }
                          if (looks.size() > LOOKS) {
                            throw new IllegalStateException("stopped");
                          }
                        }))
            .hasMessage("stopped");
      }
    }
    assertThat(told).containsExactly(1);
  }
}
