package dev.keizoku.storage;

import dev.keizoku.contract.result.Artifact;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A store that lets another one do the work; what a subclass overrides is done otherwise. */
public abstract class ForwardingStore implements ObjectStore {
  private final ObjectStore store;

  /**
   * @param store that does the work; closed with this one
   */
  protected ForwardingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<ObjectInfo> stat(StoreUri uri) {
    return store.stat(uri);
  }

  @Override
  public Optional<String> digest(StoreUri uri) {
    return store.digest(uri);
  }

  @Override
  public List<ObjectInfo> list(StoreUri folder) {
    return store.list(folder);
  }

  @Override
  public InputStream open(StoreUri uri) {
    return store.open(uri);
  }

  @Override
  public byte[] readRange(StoreUri uri, long offset, int length) {
    return store.readRange(uri, offset, length);
  }

  @Override
  public byte[] read(StoreUri uri) {
    return store.read(uri);
  }

  @Override
  public ObjectUpload create(StoreUri uri) {
    return store.create(uri);
  }

  @Override
  public Artifact upload(Path file, StoreUri uri) {
    return store.upload(file, uri);
  }

  @Override
  public Artifact download(StoreUri uri, Path file) {
    return download(uri, file, bytes -> {});
  }

  @Override
  public Artifact download(StoreUri uri, Path file, LongConsumer received) {
    return store.download(uri, file, received);
  }

  @Override
  public int dropUnfinished(StoreUri uri) {
    return store.dropUnfinished(uri);
  }

  @Override
  public void delete(StoreUri uri) {
    store.delete(uri);
  }

  @Override
  public int deleteFolder(StoreUri folder) {
    return store.deleteFolder(folder);
  }

  @Override
  public void ensureBucket(StoreUri uri) {
    store.ensureBucket(uri);
  }

  @Override
  public void close() {
    store.close();
  }
}
