package dev.keizoku.storage.file;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.FileUri;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A local folder as an object store: a file is written aside and renamed. */
public final class FileObjectStore implements ObjectStore {
  /** ENOSPC and EDQUOT as the C library words them. */
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded");

  @FunctionalInterface
  private interface Access<T> {
    T run() throws IOException;
  }

  @Override
  public Optional<ObjectInfo> stat(StoreUri uri) {
    var path = local(uri);
    return run(
        uri,
        () ->
            Files.isRegularFile(path)
                ? Optional.of(new ObjectInfo(uri, Files.size(path)))
                : Optional.empty());
  }

  @Override
  public List<ObjectInfo> list(StoreUri folder) {
    var root = local(folder);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    return run(
        folder,
        () -> {
          // Links are followed: the files of a mounted ConfigMap are links into a hidden folder.
          try (var paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return paths
                .filter(path -> !isHidden(root.relativize(path)) && Files.isRegularFile(path))
                .map(FileObjectStore::info)
                .sorted(ObjectInfo.BY_URI)
                .toList();
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
  }

  static Path local(StoreUri uri) {
    return ((FileUri) uri).local();
  }

  private static boolean isHidden(Path relative) {
    for (var name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static ObjectInfo info(Path path) {
    try {
      return new ObjectInfo(StoreUri.of(path), Files.size(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(StoreUri uri) {
    return run(uri, () -> Files.newInputStream(local(uri)));
  }

  @Override
  public byte[] readRange(StoreUri uri, long offset, int length) {
    return run(
        uri,
        () -> {
          var buffer = ByteBuffer.allocate(length);
          try (var channel = FileChannel.open(local(uri))) {
            while (buffer.hasRemaining()) {
              if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw StorageFaults.tooShort(uri);
              }
            }
          }
          return buffer.array();
        });
  }

  @Override
  public ObjectUpload create(StoreUri uri) {
    try {
      return new FileUpload(uri);
    } catch (IOException e) {
      throw writeFault(uri, local(uri).getParent(), e);
    }
  }

  @Override
  public int dropUnfinished(StoreUri uri) {
    return run(uri, () -> FileUpload.dropUnfinished(local(uri)));
  }

  @Override
  public void delete(StoreUri uri) {
    run(uri, () -> Files.deleteIfExists(local(uri)));
  }

  @Override
  public int deleteFolder(StoreUri folder) {
    var objects = list(folder);
    objects.forEach(object -> delete(object.uri()));
    return objects.size();
  }

  @Override
  public void ensureBucket(StoreUri uri) {
    var path = local(uri);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw writeFault(uri, path, e);
    }
  }

  @Override
  public void close() {}

  private static <T> T run(StoreUri uri, Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw fault(uri, e);
    }
  }

  /** The fault of writing into {@code folder}, which may not be there. */
  static RunFault writeFault(StoreUri uri, Path folder, IOException e) {
    var there = folder;
    // A link to nowhere is there, and is not a folder.
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
      there = there.getParent();
    }
    var writable = Files.isDirectory(there) && Files.isWritable(there);
    if (e instanceof AccessDeniedException || (writable && !(e instanceof NoSuchFileException))) {
      return fault(uri, e);
    }
    return RunFault.userError(
        Reason.STORAGE_NOT_WRITABLE,
        "Cannot write %s: the folder %s cannot be made or written to; mend it or give another output."
            .formatted(uri, folder),
        e);
  }

  static RunFault fault(StoreUri uri, IOException e) {
    if (e instanceof NoSuchFileException) {
      return StorageFaults.notFound(uri);
    }
    if (e instanceof AccessDeniedException) {
      return RunFault.userError(
          Reason.STORAGE_ACCESS_DENIED,
          "No permission for " + uri + "; allow this user to use it.",
          e);
    }
    var message = String.valueOf(e.getMessage());
    if (FULL.stream().anyMatch(message::endsWith)) {
      return StorageFaults.full(uri, message, e);
    }
    return RunFault.tryAgain(Reason.STORAGE_FAILED, "Cannot use " + uri + ": " + e.getMessage(), e);
  }
}
