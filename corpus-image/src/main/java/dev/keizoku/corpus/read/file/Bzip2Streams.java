package dev.keizoku.corpus.read.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * The bytes of a bzip2 file. One of many streams in a row, as dumps of Wikipedia are (multistream,
 * a hundred pages a stream) and what pbzip2 writes, is unpacked by several threads: streams begin
 * at a byte with a header of ten, so no index is needed to find them. From the first stream of more
 * than 8 MiB on the rest is unpacked as it is read.
 *
 * <p>Memory: at most 20 MiB a thread. What is read does not depend on the number of threads.
 */
final class Bzip2Streams extends InputStream {
  private static final byte[] MAGIC = {'B', 'Z', 'h', 0, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
  private static final int LEVEL = 3;
  private static final int LONGEST = 8 << 20;
  private static final int CHUNK = 256 << 10;
  private static final int CHUNKS_AHEAD = 8;
  private static final int MOST_THREADS = 8;
  private static final byte[] END = {};

  private final InputStream stored;
  private final int threads;
  private final ExecutorService workers;
  private final Deque<Stream> flying = new ArrayDeque<>();

  /** What is read of the file and given to no worker yet. */
  private byte[] ahead = new byte[CHUNK];

  private int filled;
  private boolean ended;
  private InputStream rest;

  /**
   * @throws IOException when it does not begin as bzip2
   */
  Bzip2Streams(InputStream stored) throws IOException {
    this(stored, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  Bzip2Streams(InputStream stored, int threads) throws IOException {
    this.stored = stored;
    this.threads = threads;
    fill(MAGIC.length);
    if (filled < LEVEL || !Arrays.equals(ahead, 0, LEVEL, MAGIC, 0, LEVEL)) {
      throw new IOException("Stream is not in the BZip2 format");
    }
    this.workers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
  }

  /** A stream while it is unpacked. */
  private static final class Stream implements Runnable {
    private final byte[] packed;
    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
    private volatile Throwable fault;
    private byte[] chunk = {};
    private int at;

    Stream(byte[] packed) {
      this.packed = packed;
    }

    @Override
    public void run() {
      try {
        unpack();
        chunks.put(END);
      } catch (InterruptedException e) {
        // Nobody reads any more.
        Thread.currentThread().interrupt();
      }
    }

    private void unpack() throws InterruptedException {
      try (var in = new BZip2CompressorInputStream(new ByteArrayInputStream(packed), true)) {
        var buffer = new byte[CHUNK];
        for (int n; (n = in.read(buffer)) >= 0; ) {
          chunks.put(Arrays.copyOf(buffer, n));
        }
      } catch (IOException | RuntimeException | Error e) {
        fault = e;
      }
    }

    int read(byte[] buffer, int offset, int length) throws IOException {
      while (at == chunk.length) {
        chunk = next();
        at = 0;
        if (chunk == END) {
          return -1;
        }
      }
      int n = Math.min(length, chunk.length - at);
      System.arraycopy(chunk, at, buffer, offset, n);
      at += n;
      return n;
    }

    private byte[] next() throws IOException {
      try {
        var next = chunks.take();
        if (next == END && fault != null) {
          switch (fault) {
            case Error e -> throw e;
            case RuntimeException e -> throw e;
            case IOException e -> throw e;
            default -> throw new IOException(fault);
          }
        }
        return next;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("stopped while unpacking", e);
      }
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (length > 0) {
      while (rest == null && flying.size() <= threads && launch()) {
        // Until all have something to do, and one waits.
      }
      if (flying.isEmpty()) {
        return rest == null ? -1 : rest.read(buffer, offset, length);
      }
      int n = flying.getFirst().read(buffer, offset, length);
      if (n >= 0) {
        return n;
      }
      flying.removeFirst();
    }
    return 0;
  }

  /** Gives the next stream to a worker; false where none is left to give. */
  private boolean launch() throws IOException {
    int searched = 1;
    while (true) {
      int next = nextBegin(searched);
      if (next < 0 && !ended && filled < LONGEST) {
        searched = Math.max(1, filled - MAGIC.length + 1);
        fill(filled + CHUNK);
        continue;
      }
      if (next < 0 && !ended) {
        var begun = new ByteArrayInputStream(ahead, 0, filled);
        rest = new BZip2CompressorInputStream(new SequenceInputStream(begun, stored), true);
        return false;
      }
      int end = next < 0 ? filled : next;
      if (end == 0) {
        return false;
      }
      var stream = new Stream(Arrays.copyOf(ahead, end));
      System.arraycopy(ahead, end, ahead, 0, filled - end);
      filled -= end;
      flying.addLast(stream);
      workers.execute(stream);
      return true;
    }
  }

  /** Where in what is read a stream begins; -1 for nowhere. */
  private int nextBegin(int from) {
    for (int i = from; i <= filled - MAGIC.length; i++) {
      if (ahead[i] == MAGIC[0] && isBegin(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isBegin(int at) {
    return Arrays.equals(ahead, at, at + LEVEL, MAGIC, 0, LEVEL)
        && ahead[at + LEVEL] >= '1'
        && ahead[at + LEVEL] <= '9'
        && Arrays.equals(ahead, at + LEVEL + 1, at + MAGIC.length, MAGIC, LEVEL + 1, MAGIC.length);
  }

  /** Reads on until so many bytes are there, or the file ends. */
  private void fill(int bytes) throws IOException {
    ahead = ahead.length < bytes ? Arrays.copyOf(ahead, Math.max(bytes, 2 * ahead.length)) : ahead;
    int n = stored.readNBytes(ahead, filled, bytes - filled);
    ended = filled + n < bytes;
    filled += n;
  }

  @Override
  public void close() throws IOException {
    workers.shutdownNow();
    stored.close();
  }
}
