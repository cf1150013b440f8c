package dev.keizoku.program;

/** The programs' version, as the manifest of their jars says it. */
public final class ProgramVersion {
  /** Classes that lie in a folder have no manifest: a checkout that runs its own build. */
  private static final String UNPACKAGED = "unpackaged";

  private ProgramVersion() {}

  /** What a program calls itself, for instance {@code keizoku-trainer 0.1.0}. */
  public static String of(String program) {
    // Images hold a program's own classes in a folder, but this module as a jar; one version is
    // all.
    var jar = ProgramVersion.class.getPackage().getImplementationVersion();
    return "keizoku-%s %s".formatted(program, jar == null ? UNPACKAGED : jar);
  }
}
