package dev.keizoku.trainer.checkpoint;

import ai.djl.Device;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A checkpoint on the scratch volume, where host memory has no room for it. */
public final class DiskCopy implements LocalCopy {
  /** Numbers that are written at once; as many lie in host memory for a GPU's. */
  private static final long PART = 4L << 20;

  private final Path folder;
  private final List<FileChannel> files = new ArrayList<>();

  /**
   * @param folder of its own, made when it is needed
   */
  public DiskCopy(Path folder) {
    this.folder = folder;
  }

  @Override
  public void make(List<Long> bytes) {
    try {
      Files.createDirectories(folder);
      while (files.size() > bytes.size()) {
        files.removeLast().close();
        Files.delete(file(files.size()));
      }
      while (files.size() < bytes.size()) {
        files.add(open(file(files.size())));
      }
      for (var i = 0; i < files.size(); i++) {
        files.get(i).truncate(bytes.get(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private Path file(int number) {
    return folder.resolve(CheckpointFolder.fileName(number));
  }

  @Override
  public void write(int file, long at, Tensor values) {
    eachPart(
        values,
        (done, part, host) -> {
          if (host != part) {
            AtenCalls.copy(host, part);
          }
          write(file, at + done, HostCopy.segment(host).asByteBuffer());
        });
  }

  @Override
  public void read(int file, long at, Tensor target) {
    eachPart(
        target,
        (done, part, host) -> {
          read(file, at + done, HostCopy.segment(host).asByteBuffer());
          if (host != part) {
            AtenCalls.copy(part, host);
          }
        });
  }

  /** Moves a part of a tensor, through as much host memory where it is a GPU's. */
  private interface Part {
    void move(long done, Tensor part, Tensor host);
  }

  // Without a detour over the heap, which would grow by what it is never asked for again.
  private static void eachPart(Tensor tensor, Part mover) {
    try (var staging = new DeviceMemory(Device.cpu());
        var scope = tensor.memory().scope()) {
      var host =
          tensor.memory().isHost()
              ? null
              : staging.empty(DataType.FLOAT32, Math.min(PART, tensor.elements()));
      for (long done = 0; done < tensor.elements(); done += PART) {
        var part = tensor.narrow(0, done, Math.min(PART, tensor.elements() - done));
        var copy = host == null ? part : host.narrow(0, 0, part.elements());
        mover.move(done * Float.BYTES, part, copy);
      }
    }
  }

  @Override
  public void write(int file, long at, byte[] bytes, int count) {
    write(file, at, ByteBuffer.wrap(bytes, 0, count));
  }

  private void write(int file, long at, ByteBuffer bytes) {
    try {
      for (long next = at; bytes.hasRemaining(); ) {
        next += files.get(file).write(bytes, next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void read(int file, long at, ByteBuffer target) {
    try {
      for (long next = at; target.hasRemaining(); ) {
        var n = files.get(file).read(target, next);
        if (n < 0) {
          throw new IllegalStateException(file(file) + " is shorter than it was written");
        }
        next += n;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      while (!files.isEmpty()) {
        files.removeLast().close();
        Files.deleteIfExists(file(files.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
