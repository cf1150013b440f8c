package dev.keizoku.storage.open;

import dev.keizoku.contract.result.Artifact;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StoreUri;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * A store that tells how many bytes move, so that a program that reads or writes for an hour is not
 * taken for one that stands still.
 */
public final class WatchedStore extends ForwardingStore {
  private final LongConsumer moved;

  /**
   * @param store that does the work; closed with this one
   * @param moved called from whatever thread, with how many bytes came or went since the last call
   */
  public WatchedStore(ObjectStore store, LongConsumer moved) {
    super(store);
    this.moved = moved;
  }

  @Override
  public InputStream open(StoreUri uri) {
    return new CountedStream(super.open(uri), moved);
  }

  @Override
  public byte[] readRange(StoreUri uri, long offset, int length) {
    var read = super.readRange(uri, offset, length);
    moved.accept(read.length);
    return read;
  }

  @Override
  public byte[] read(StoreUri uri) {
    var read = super.read(uri);
    moved.accept(read.length);
    return read;
  }

  @Override
  public ObjectUpload create(StoreUri uri) {
    return super.create(uri).telling(moved);
  }

  @Override
  public Artifact upload(Path file, StoreUri uri) {
    var done = super.upload(file, uri);
    moved.accept(done.bytes());
    return done;
  }

  @Override
  public Artifact download(StoreUri uri, Path file, LongConsumer received) {
    return super.download(uri, file, moved.andThen(received));
  }
}
