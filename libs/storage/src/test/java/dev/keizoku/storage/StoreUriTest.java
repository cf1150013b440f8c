package dev.keizoku.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.RunFault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUriTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/",
        "s3://bucket/laws/銀行法 (昭和).html",
        "s3://bucket/folder/",
        "file:///a/b c/",
        "hf://acme/tiny",
        "hf://datasets/acme/rows@main/data/test.jsonl",
        "hf://acme/tiny@main/folder/語彙 1.txt",
        "hf://acme/tiny@refs/pr/1/config.json",
        "https://example.jp/",
        "https://example.jp:8443/a%20b/c.pdf?day=1&lang=ja/jp",
      })
  void isPrintedAsItWasWritten(String uri) {
    assertThat(StoreUri.parse(uri)).hasToString(uri);
    assertThat(StoreUri.parse(StoreUri.parse(uri).toString())).isEqualTo(StoreUri.parse(uri));
  }

  @Test
  void aUrlOfTheWebIsAskedForAsABrowserDoesAndShowsNoPassword() {
    var law = (HttpsUri) StoreUri.parse("https://example.jp/法令/銀行法.html#第一条");
    assertThat(law)
        .hasToString("https://example.jp/%E6%B3%95%E4%BB%A4/%E9%8A%80%E8%A1%8C%E6%B3%95.html");
    assertThat(((HttpsUri) StoreUri.parse("https://a.jp/x!y?q=a/b")).place())
        .isEqualTo("a.jp/x%21y?q=a%2Fb");
    assertThat(StoreUri.parse("https://example.jp/list/").isFolder()).isFalse();
    for (var wrong : new String[] {"https://me:secret@a.jp/x", "https:///x", "https://a.jp/x y"}) {
      assertThatThrownBy(() -> StoreUri.parse(wrong))
          .hasMessageContaining("is not of the form https://host/path")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void hasTheParts() {
    assertThat(StoreUri.parse("s3://bucket")).isEqualTo(new S3Uri("bucket", ""));
    assertThat(StoreUri.parse("file:///a//b")).isEqualTo(new FileUri("/a/b"));
    assertThat(StoreUri.of(Path.of("/a/x/../b"))).isEqualTo(new FileUri("/a/b"));
    var rows = (HubUri) StoreUri.parse("hf://datasets/acme/rows/test.jsonl");
    assertThat(rows.repository()).isEqualTo("datasets/acme/rows");
    assertThat(rows.path()).isEqualTo("test.jsonl");
    var model = (HubUri) StoreUri.parse("hf://acme/tiny/config.json");
    assertThat(model.revision()).isEqualTo("main");
    assertThat(model.root()).hasToString("hf://acme/tiny");
    assertThat(((HubUri) StoreUri.parse("hf://acme/tiny@refs/pr/1/x")).revision())
        .isEqualTo("refs/pr/1");
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket, a/b, s3://bucket/a/b",
    "s3://bucket/x, a, s3://bucket/x/a",
    "s3://bucket/x/, a, s3://bucket/x/a",
    "file:///, a, file:///a",
    "hf://acme/tiny, a, hf://acme/tiny/a",
    "hf://acme/tiny@v1/x, a/b, hf://acme/tiny@v1/x/a/b",
  })
  void aChildIsBelowAndBackAgain(String folder, String relative, String child) {
    var parsed = StoreUri.parse(folder);
    assertThat(parsed.child(relative)).hasToString(child);
    assertThat(parsed.relativize(StoreUri.parse(child))).isEqualTo(relative);
    assertThat(parsed.child(relative).parent().relativize(parsed.child(relative)))
        .isEqualTo(parsed.child(relative).name());
  }

  @Test
  void whatIsElsewhereIsNotBelow() {
    var folder = StoreUri.parse("s3://bucket/x");
    for (var other : new String[] {"s3://bucket/xy/a", "s3://other/x/a", "file:///x/a"}) {
      assertThatThrownBy(() -> folder.relativize(StoreUri.parse(other)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFolderEndsInASlash() {
    assertThat(StoreUri.parse("s3://bucket/x/").isFolder()).isTrue();
    assertThat(StoreUri.parse("hf://acme/tiny").isFolder()).isTrue();
    assertThat(StoreUri.parse("s3://bucket/x").isFolder()).isFalse();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "bucket/key",
        "s3://",
        "s3://Not A Bucket/x",
        "file://relative",
        "http://x/y",
        "hf://tiny/x@y@z",
      })
  void refusesWhatIsNoUri(String bad) {
    assertInvalid(bad, "is not a URI of the form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///a/../b", "s3://bucket/./x", "hf://acme/tiny/../x", "s3://bucket/a\0b"})
  void refusesWhatLeadsElsewhere(String bad) {
    assertInvalid(bad, "must not contain");
  }

  @Test
  void aChildDoesNotLeadElsewhereEither() {
    assertThatThrownBy(() -> StoreUri.parse("s3://bucket/x").child("../y"))
        .hasMessageContaining("must not contain '..'");
  }

  private static void assertInvalid(String bad, String sentence) {
    assertThatThrownBy(() -> StoreUri.parse(bad))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR))
        .hasMessageContaining(sentence);
  }
}
