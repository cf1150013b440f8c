package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.corpus.CorpusRun.Source;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.corpus.Sources;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.read.file.InputFile;
import dev.keizoku.corpus.reject.RejectReason;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StorageFaults;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.hub.HubAccess;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.remote.RetryPolicy;
import dev.keizoku.storage.web.WebAccess;
import dev.keizoku.storage.web.WebStore;
import dev.keizoku.testing.HubServer;
import dev.keizoku.testing.WebServer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputStagingTest {
  @TempDir Path folder;

  @Test
  void tellsOfEveryPieceOfAFile() throws IOException {
    Files.write(folder.resolve("large.txt"), new byte[5 << 20]);
    Files.write(folder.resolve("small.txt"), new byte[3]);
    var told = Collections.synchronizedList(new ArrayList<Long>());
    var progress =
        new InputStaging.Progress() {
          @Override
          public void begin(long bytes) {
            told.add(-bytes);
          }

          @Override
          public void staged(long bytes) {
            told.add(bytes);
          }
        };
    try (var store = StoreRouter.open(null, null)) {
      var uri = StoreUri.of(folder) + "/";
      new InputStaging(store, KnownDigests.none(), folder.resolve("scratch"), progress)
          .stage(List.of(source(uri)));
    }
    long size = (5 << 20) + 3;
    assertThat(told.getFirst()).as("what there is to do comes first").isEqualTo(-size);
    assertThat(told.stream().skip(1).mapToLong(Long::longValue).sum()).isEqualTo(size);
    assertThat(told).as("a large file moves the clock many times").hasSizeGreaterThan(6);
  }

  @Test
  void anEncodingThatDoesNotExistIsToldBeforeAnythingIsCopied() {
    var source = Sources.with(source("file:///nowhere/"), "encoding", "shift-jiss");
    try (var store = StoreRouter.open(null, null)) {
      var staging = new InputStaging(store, KnownDigests.none(), folder, null);
      assertThatThrownBy(() -> staging.stage(List.of(source)))
          .isInstanceOf(RunFault.class)
          .hasMessage("'shift-jiss' is not the name of an encoding; correct sources[].encoding.");
    }
  }

  private static Source source(String uri) {
    return Sources.of("s", uri, null);
  }

  @Test
  void aListOfUrlsIsTheFilesThatItNames() throws Exception {
    try (var server = new WebServer(folder);
        var store = new WebStore(new WebAccess(true, server.trusted()), RetryPolicy.DEFAULT)) {
      server.files.put("news/1", "<!DOCTYPE html><title>題</title><p>増収でした。</p>".getBytes());
      server.files.put("a.txt", "文書".getBytes());
      var url = server.url();
      var list = "# pages\n%snews/1?lang=ja/jp\n\n%sa.txt\n%sa.txt\n".formatted(url, url, url);
      server.files.put("list.urls", list.getBytes());
      var pages = source(url + "list.urls");
      var staging =
          new InputStaging(
              store, KnownDigests.none(), folder.resolve("scratch"), new Counted(new LongAdder()));
      var inputs = staging.stage(List.of(pages)).files();
      var host = url.replace("https://", "");
      assertThat(inputs)
          .extracting(InputFile::path)
          .containsExactly(host + "a.txt", host + "news/1?lang=ja%2Fjp");
      var found = new ArrayList<Document>();
      var reader = new SourceReader(pages, inputs, folder, read -> {});
      for (var input : inputs) {
        reader.read(input, new Collecting(found, new ArrayList<>(), new ArrayList<>()));
      }
      assertThat(found).extracting(Document::text).containsExactly("文書", "増収でした。\n");
      assertThat(found.getLast().place(pages.uri())).isEqualTo(url + "news/1?lang=ja%2Fjp");

      assertThat(staging.stage(List.of(source(url + "a.txt"))).files())
          .extracting(InputFile::path)
          .containsExactly(host + "a.txt");
      server.files.put("bad.urls", "ftp://example.jp/a\n".getBytes());
      assertThatThrownBy(() -> staging.stage(List.of(source(url + "bad.urls"))))
          .hasMessageContaining("a list has a URL a line");
      var many = IntStream.range(0, 5_001).mapToObj(i -> url + i).collect(Collectors.joining("\n"));
      server.files.put("many.urls", many.getBytes());
      assertThatThrownBy(() -> staging.stage(List.of(source(url + "many.urls"))))
          .hasMessageContaining("names 5001 URLs and may name 5000");
      server.files.put("empty.urls", "# nothing\n".getBytes());
      assertThatThrownBy(() -> staging.stage(List.of(source(url + "empty.urls"))))
          .hasMessageContaining("Source 's' has no files");
    }
  }

  @Test
  void whatAServerDoesNotGiveOfAListIsMissingAndNoStop() throws Exception {
    try (var server = new WebServer(folder);
        var store = new WebStore(new WebAccess(true, server.trusted()), RetryPolicy.DEFAULT)) {
      var url = server.url();
      server.files.put("a.txt", "文書".getBytes());
      server.files.put("some.urls", (url + "404\n" + url + "a.txt\n" + url + "403\n").getBytes());
      server.files.put("none.urls", (url + "410\n" + url + "404\n").getBytes());
      var staging =
          new InputStaging(
              store, KnownDigests.none(), folder.resolve("scratch"), new Counted(new LongAdder()));
      var staged = staging.stage(List.of(source(url + "a.txt"), source(url + "some.urls")));
      assertThat(staged.files()).hasSize(2);
      var host = url.replace("https://", "");
      assertThat(staged.missing())
          .allSatisfy(missing -> assertThat(missing.source()).isEqualTo(1))
          .extracting(missing -> missing.fault().place(), missing -> missing.fault().reason())
          .containsExactly(
              tuple(host + "404", RejectReason.NOT_FETCHED),
              tuple(host + "403", RejectReason.NOT_FETCHED));
      assertThat(staged.missing().getFirst().fault())
          .hasMessageContaining("There is no object " + url + "404");
      assertThatThrownBy(() -> staging.stage(List.of(source(url + "none.urls"))))
          .isInstanceOfSatisfying(
              RunFault.class,
              fault -> assertThat(fault.reason()).isEqualTo(Reason.OBJECT_NOT_FOUND));
    }
  }

  @Test
  void whatIsTakenAwayMeanwhileIsMissingAndNoStop() throws Exception {
    var in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve("a.txt"), "文書");
    try (var server = new WebServer(folder);
        var web = new WebStore(new WebAccess(true, server.trusted()), RetryPolicy.DEFAULT)) {
      server.files.put("b.txt", "文書".getBytes());
      server.files.put("list.urls", (server.url() + "b.txt\n").getBytes());
      var staged =
          staging(new Forgetful(StoreRouter.open(null, null)))
              .stage(List.of(source(StoreUri.of(in) + "/")));
      assertThat(staged.files()).extracting(InputFile::path).containsExactly("a.txt");
      assertThat(staged.missing())
          .extracting(missing -> missing.fault().place(), missing -> missing.fault().reason())
          .containsExactly(tuple("gone.txt", RejectReason.NOT_FETCHED));
      assertThat(staged.missing().getFirst().fault().bytes())
          .as("counts as its share")
          .isEqualTo(7);

      var forgetful = staging(new Forgetful(web));
      assertThat(forgetful.stage(List.of(source(server.url() + "list.urls"))).missing()).hasSize(1);
      var known = staging(web).stage(List.of(source(server.url() + "list.urls"))).files();
      Files.delete(known.getFirst().local());
      assertThatThrownBy(() -> forgetful.fetch(known))
          .isInstanceOfSatisfying(
              RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.TRY_AGAIN))
          .hasMessageContaining("was deleted while the others were copied");
    }
  }

  private InputStaging staging(ObjectStore store) {
    return new InputStaging(
        store, KnownDigests.none(), folder.resolve("scratch"), new Counted(new LongAdder()));
  }

  /** Lists one file more than there is, and has lost those of the web when they are asked for. */
  private static final class Forgetful extends ForwardingStore {
    Forgetful(ObjectStore store) {
      super(store);
    }

    @Override
    public List<ObjectInfo> list(StoreUri of) {
      var listed = new ArrayList<>(super.list(of));
      listed.add(new ObjectInfo(of.child("gone.txt"), 7, ""));
      return listed;
    }

    @Override
    public Artifact download(StoreUri uri, Path file, LongConsumer received) {
      throw StorageFaults.notFound(uri);
    }
  }

  /** A page of no encoding that is looked for, and that does not say its own. */
  @Test
  void aServerSaysTheEncodingOfAPage() throws Exception {
    var korean = "한국은행은 기준금리를 동결하였다고 발표하였습니다.";
    try (var server = new WebServer(folder);
        var store = new WebStore(new WebAccess(true, server.trusted()), RetryPolicy.DEFAULT)) {
      server.files.put("k.html", ("<p>" + korean + "</p>").getBytes(Charset.forName("EUC-KR")));
      var page = source(server.url() + "k.html");
      var staging =
          new InputStaging(
              store, KnownDigests.none(), folder.resolve("scratch"), new Counted(new LongAdder()));
      assertThat(texts(page, staging)).noneMatch(text -> text.contains(korean));
      server.types.put("k.html", "text/html; charset=\"euc-kr\"");
      assertThat(texts(page, staging)).containsExactly(korean + "\n");
    }
  }

  private List<String> texts(Source page, InputStaging staging) throws IOException {
    var inputs = staging.stage(List.of(page)).files();
    var found = new ArrayList<Document>();
    new SourceReader(page, inputs, folder, read -> {})
        .read(inputs.getFirst(), new Collecting(found, new ArrayList<>(), new ArrayList<>()));
    return found.stream().map(Document::text).toList();
  }

  @Test
  void copiesADatasetOfAHub() throws IOException {
    var row = "{\"text\":\"本日の決定\"}\n".repeat(200).getBytes(StandardCharsets.UTF_8);
    try (var hub = HubServer.ofDataset();
        var store =
            StoreRouter.open(
                null, null, HubAccess.fromEnvironment(Map.of("HF_ENDPOINT", hub.endpoint())))) {
      hub.files.put("README.md", new byte[] {1});
      hub.files.put("data/a.jsonl", row);
      hub.files.put("data/b.jsonl", new byte[] {'{', '}'});
      var source = Sources.with(source("hf://datasets/acme/tiny@main/"), "include", "data/*.jsonl");
      var told = new LongAdder();
      var inputs =
          new InputStaging(store, KnownDigests.none(), folder.resolve("hub"), new Counted(told))
              .stage(List.of(source))
              .files();
      assertThat(inputs)
          .extracting(InputFile::path)
          .containsExactly("data/a.jsonl", "data/b.jsonl");
      assertThat(inputs.getFirst().sha256()).isEqualTo(Digests.sha256(row));
      assertThat(Files.readAllBytes(inputs.getFirst().local())).isEqualTo(row);
      assertThat(told.sum()).isEqualTo(row.length + 2);
      hub.corrupt = true;
      assertThatThrownBy(
              () ->
                  new InputStaging(
                          store, KnownDigests.none(), folder.resolve("wrong"), new Counted(told))
                      .stage(List.of(source)))
          .hasMessageContaining("data/a.jsonl");
    }
  }

  private record Counted(LongAdder told) implements InputStaging.Progress {
    @Override
    public void begin(long bytes) {}

    @Override
    public void staged(long bytes) {
      told.add(bytes);
    }
  }
}
