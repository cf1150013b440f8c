package dev.keizoku.corpus.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.corpus.CorpusRun.Format;
import dev.keizoku.corpus.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RubyTest {
  @TempDir Path folder;

  private String text(String name, String content, Boolean keep) throws IOException {
    var file = Files.writeString(folder.resolve(name), content);
    var source = Sources.with(Sources.of("test", "file:///x/", Format.AUTO), "keepRuby", keep);
    return RealFile.find(file, source).documents().getFirst().text();
  }

  @Test
  void readingsOfAPage() throws IOException {
    var page = "<p>日銀は<ruby>金利<rp>(</rp><rt>きんり</rt><rp>)</rp></ruby>を上げた。</p>";
    assertThat(text("a.html", page, null)).isEqualTo("日銀は金利を上げた。\n");
    assertThat(text("a.html", page, true)).isEqualTo("日銀は金利（きんり）を上げた。\n");
  }

  @Test
  void readingsOfAozoraBunko() throws IOException {
    var work =
        "題\n著者\n\n【テキスト中に現れる記号について】\n\n"
            + "-".repeat(55)
            + "\n《》：ルビ\n"
            + "-".repeat(55)
            + "\n老翁《ろうおう》と｜夢の国《ゆめのくに》\n底本：「本」\n";
    assertThat(text("a.txt", work, null).strip()).isEqualTo("老翁と夢の国");
    assertThat(text("a.txt", work, true).strip()).isEqualTo("老翁（ろうおう）と夢の国（ゆめのくに）");
  }
}
