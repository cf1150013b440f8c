package dev.keizoku.operator.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of this machine through which a server is reached. It stays the same when the server comes
 * back on another one, and can be shut in front of one that lives.
 */
final class Door implements AutoCloseable {
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile int server;
  private volatile boolean shut;

  Door() {
    try {
      listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void leadTo(int port) {
    server = port;
  }

  /** Ends all connections, and lets none in until it is opened. */
  void shut() {
    shut = true;
    cut();
  }

  void open() {
    shut = false;
  }

  /** Ends all connections; others may begin at once. */
  void cut() {
    sockets.forEach(this::end);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        sockets.add(client);
        Thread.ofVirtual().start(() -> lead(client));
      } catch (IOException e) {
        // A client that is gone already, or the end of the door.
      }
    }
  }

  private void lead(Socket client) {
    try (client;
        var there = new Socket(InetAddress.getLoopbackAddress(), server)) {
      sockets.add(there);
      // Only now is it seen by who shuts the door.
      if (shut) {
        return;
      }
      var back = Thread.ofVirtual().start(() -> copy(there, client));
      copy(client, there);
      back.join();
    } catch (IOException e) {
      // The server is away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.removeIf(Socket::isClosed);
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Cut, or ended by one of both.
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
