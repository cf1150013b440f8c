package dev.keizoku.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds every {@code package-info} to its sentence "Of its module it imports {@code data} and
 * {@code optim}.", which names the other packages of the module that its classes import, from the
 * module's root package on. What a module may import of others, its {@code ModuleRulesTest} says.
 * {@code make package-info} writes the sentences anew: who does so has moved a wall.
 */
class PackageInfoTest {
  private static final Path PROJECT = Path.of("../..");
  private static final String SOURCES = "/src/main/java/";
  private static final Pattern CLAIM =
      Pattern.compile(
          "Of its module it imports (nothing|(?:[^.{}]*\\{@code [a-z0-9.]+})+)\\."
              .replace(" ", "(?:\\s|\\*)+"));
  private static final Pattern NAME = Pattern.compile("\\{@code\\s+(?:\\*\\s+)?([a-z0-9.]+)}");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(dev\\.keizoku\\.[a-z0-9_.]+?)\\.[A-Z]");

  @Test
  void everyPackageImportsWhatItSays() throws IOException {
    var wrong = new ArrayList<String>();
    for (var module : packagesByModule().values()) {
      var root = root(module.getFirst());
      // A module of one room has no walls.
      if (module.size() > 1) {
        for (var folder : module) {
          check(folder, root, wrong);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void check(Path folder, String root, List<String> wrong) throws IOException {
    var info = folder.resolve("package-info.java");
    var source = Files.readString(info);
    var claim = CLAIM.matcher(source);
    var said = claim.find();
    var imports = imports(folder, root);
    if (said && names(claim.group(1)).equals(imports)) {
      return;
    }
    if (Boolean.getBoolean("package-info.write")) {
      var end = source.indexOf("*/");
      Files.writeString(
          info,
          said
              ? claim.replaceFirst(Matcher.quoteReplacement(sentence(imports)))
              : source.substring(0, end).stripTrailing()
                  + " "
                  + sentence(imports)
                  + "\n "
                  + source.substring(end));
    } else {
      wrong.add(name(folder) + ": say \"" + sentence(imports) + "\" (make package-info)");
    }
  }

  private static TreeMap<String, List<Path>> packagesByModule() throws IOException {
    var modules = new TreeMap<String, List<Path>>();
    try (var files = Files.find(PROJECT, 20, (path, a) -> path.endsWith("package-info.java"))) {
      files
          .map(Path::getParent)
          .filter(folder -> folder.toString().contains(SOURCES))
          .forEach(
              folder ->
                  modules
                      .computeIfAbsent(folder.toString().split(SOURCES)[0], m -> new ArrayList<>())
                      .add(folder));
    }
    return modules;
  }

  private static String name(Path folder) {
    return folder.toString().split(SOURCES)[1].replace('/', '.');
  }

  /** {@code dev.keizoku.trainer} for all packages of the trainer. */
  private static String root(Path folder) {
    return Arrays.stream(name(folder).split("\\.")).limit(3).collect(Collectors.joining("."));
  }

  private static TreeSet<String> names(String claim) {
    var names = new TreeSet<String>();
    NAME.matcher(claim).results().forEach(name -> names.add(name.group(1)));
    return names;
  }

  /** Packages of the module, without the root's name; the root itself by its last word. */
  private static TreeSet<String> imports(Path folder, String root) throws IOException {
    var imports = new TreeSet<String>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        IMPORT
            .matcher(Files.readString(file))
            .results()
            .map(match -> match.group(1))
            .filter(imported -> !imported.equals(name(folder)))
            .filter(imported -> (imported + ".").startsWith(root + "."))
            .forEach(imported -> imports.add(imported.substring(prefix(imported, root))));
      }
    }
    return imports;
  }

  private static int prefix(String imported, String root) {
    return imported.equals(root) ? root.lastIndexOf('.') + 1 : root.length() + 1;
  }

  private static String sentence(TreeSet<String> imports) {
    var names = imports.stream().map(name -> "{@code " + name + "}").toList();
    return "Of its module it imports %s."
        .formatted(names.isEmpty() ? "nothing" : String.join(", ", names));
  }
}
