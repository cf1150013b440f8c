package dev.keizoku.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server of chat completions on this machine that behaves as badly as it is told. */
public final class ChatServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger asked = new AtomicInteger();
  private final Map<String, Integer> tries = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpServer server;

  /** How it answers, by what it is asked. */
  public interface Manner {
    /**
     * Answers, or does not.
     *
     * @param body of the question
     * @param attempt how often this one was asked, 1 at first
     */
    void answer(HttpExchange exchange, JsonNode body, int attempt) throws IOException;
  }

  /** Starts one on a free port. */
  public ChatServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Sets how it answers; once. */
  public void behaves(Manner manner) {
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          asked.incrementAndGet();
          var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
          try {
            manner.answer(exchange, body, tries.merge(question(body), 1, Integer::sum));
          } finally {
            exchange.close();
          }
        });
  }

  /** Sets how it answers who asks for completions; once. */
  public void completes(Manner manner) {
    server.createContext(
        "/v1/completions",
        exchange -> {
          asked.incrementAndGet();
          var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
          try {
            manner.answer(
                exchange, body, tries.merge(body.get("prompt").toString(), 1, Integer::sum));
          } finally {
            exchange.close();
          }
        });
  }

  /** The user's turn, which is the last one. */
  public static String question(JsonNode body) {
    var turns = body.get("messages");
    return turns.get(turns.size() - 1).get("content").textValue();
  }

  /** Answers with any status and body. */
  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Answers as a model does. */
  public static void say(HttpExchange exchange, String text) throws IOException {
    var answer = JSON.createObjectNode();
    answer.putArray("choices").addObject().putObject("message").put("content", text);
    send(exchange, 200, answer.toString());
  }

  /** Waits until the server is closed. */
  public void hang() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How often it was asked anything. */
  public int asked() {
    return asked.get();
  }

  /** Its address, as a user writes it. */
  public URI base() {
    return URI.create("http://127.0.0.1:%d/v1/".formatted(server.getAddress().getPort()));
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
  }
}
