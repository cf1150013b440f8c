package dev.keizoku.corpus.read.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathGlobTest {
  @ParameterizedTest
  @CsvSource({
    "*.txt, a.txt, true",
    "*.txt, a/b.txt, false",
    "**/*.txt, a.txt, true",
    "**/*.txt, a/b/c.txt, true",
    "a/**, a/b/c, true",
    "銀行?.html, 銀行法.html, true",
    "'*.{html,htm}', a.htm, true",
    "'*.{html,htm}', a.txt, false",
    "a[1].txt, a[1].txt, true",
  })
  void matchesWholePaths(String glob, String path, boolean matches) {
    assertThat(new PathGlob(glob).matches(path)).isEqualTo(matches);
  }

  @Test
  void knowsWhetherSomethingBelowCouldMatch() {
    assertThat(new PathGlob("**/*.conllu").mayMatchBelow("x.zip")).isTrue();
    assertThat(new PathGlob("a*.zip/*.txt").mayMatchBelow("abc.zip")).isTrue();
    assertThat(new PathGlob("edinet-*.zip").mayMatchBelow("laws.zip")).isFalse();
    assertThat(new PathGlob(null).mayMatchBelow("x.zip")).isTrue();
  }
}
