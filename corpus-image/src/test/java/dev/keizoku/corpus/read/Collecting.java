package dev.keizoku.corpus.read;

import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.DocumentTask;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Puts what is found in a source into lists, as it comes. */
public record Collecting(
    List<Document> documents, List<UnreadableFileException> rejects, List<String> leftOut)
    implements SourceVisitor {
  @Override
  public void taken() {}

  @Override
  public void document(DocumentTask task) {
    try {
      documents.add(task.parse());
    } catch (UnreadableFileException e) {
      reject(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void reject(UnreadableFileException fault) {
    rejects.add(fault);
  }

  @Override
  public void leftOut(String place) {
    leftOut.add(place);
  }
}
