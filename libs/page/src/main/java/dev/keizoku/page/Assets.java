package dev.keizoku.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Style and scripts that every page carries within itself, so that it needs no other file. */
final class Assets {
  private static final String UPLOT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private Assets() {}

  /** The one stylesheet. */
  static String style(boolean curves) {
    return curves ? uplot("dist/uPlot.min.css") + "\n" + own("style.css") : own("style.css");
  }

  /**
   * What a page can do beyond showing itself.
   *
   * @param curves whether it has any; those bring uPlot with them
   */
  static String script(boolean curves) {
    if (!curves) {
      return own("print.js");
    }
    var licence = "/*! uPlot\n" + uplot("LICENSE").strip() + "\n*/\n";
    return licence + uplot("dist/uPlot.iife.min.js") + "\n" + own("curves.js") + own("print.js");
  }

  private static String own(String name) {
    return text("page/" + name);
  }

  // The package's folder has its version in its name; that one is said in the root pom only.
  private static String uplot(String path) {
    var properties = new Properties();
    try (var in = open(UPLOT)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text(
        "META-INF/resources/webjars/uplot/" + properties.getProperty("version") + "/" + path);
  }

  static String text(String resource) {
    try (var in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    var in = Assets.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("The class path lacks " + resource);
    }
    return in;
  }
}
