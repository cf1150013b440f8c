package dev.keizoku.storage.file;

import dev.keizoku.contract.RunFault;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A local folder as an object store: a file is written aside and renamed. */
public final class FileObjectStore implements ObjectStore {

  @FunctionalInterface
  private interface Access<T> {
    T run() throws IOException;
  }

  @Override
  public Optional<ObjectInfo> stat(String uri) {
    var path = StoreUri.parse(uri).path();
    return run(
        uri,
        () ->
            Files.isRegularFile(path)
                ? Optional.of(new ObjectInfo(uri, Files.size(path)))
                : Optional.empty());
  }

  @Override
  public List<ObjectInfo> list(String folder) {
    var root = StoreUri.parse(folder).path();
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
                .sorted(Comparator.comparing(ObjectInfo::uri))
                .toList();
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
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
      return new ObjectInfo(StoreUri.ofPath(path), Files.size(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(String uri) {
    return run(uri, () -> Files.newInputStream(StoreUri.parse(uri).path()));
  }

  @Override
  public byte[] readRange(String uri, long offset, int length) {
    return run(
        uri,
        () -> {
          var buffer = ByteBuffer.allocate(length);
          try (var channel = FileChannel.open(StoreUri.parse(uri).path())) {
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
  public ObjectUpload create(String uri) {
    try {
      return new FileUpload(uri);
    } catch (IOException e) {
      throw writeFault(uri, StoreUri.parse(uri).path().getParent(), e);
    }
  }

  @Override
  public void delete(String uri) {
    run(uri, () -> Files.deleteIfExists(StoreUri.parse(uri).path()));
  }

  @Override
  public int deleteFolder(String folder) {
    var objects = list(folder);
    objects.forEach(object -> delete(object.uri()));
    return objects.size();
  }

  @Override
  public void ensureBucket(String uri) {
    var path = StoreUri.parse(uri).path();
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw writeFault(uri, path, e);
    }
  }

  @Override
  public void close() {}

  private static <T> T run(String uri, Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw fault(uri, e);
    }
  }

  /** The fault of writing into {@code folder}, which may not be there. */
  static RunFault writeFault(String uri, Path folder, IOException e) {
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
        "StorageNotWritable",
        "Cannot write %s: the folder %s cannot be made or written to; mend it or give another output."
            .formatted(uri, folder),
        e);
  }

  static RunFault fault(String uri, IOException e) {
    if (e instanceof NoSuchFileException) {
      return StorageFaults.notFound(uri);
    }
    if (e instanceof AccessDeniedException) {
      return RunFault.userError(
          "StorageAccessDenied", "No permission for " + uri + "; allow this user to use it.", e);
    }
    return RunFault.tryAgain("StorageFailed", "Cannot use " + uri + ": " + e.getMessage(), e);
  }
}
