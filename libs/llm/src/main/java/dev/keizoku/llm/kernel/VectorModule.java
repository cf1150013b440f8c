package dev.keizoku.llm.kernel;

/**
 * The module of the Vector API. The virtual machine warns on standard error at every start that is
 * told to resolve an incubator module by {@code --add-modules}; a module that is loaded later, as
 * the JDK loads its own management agent, is the same and warns of nothing. For that a program is
 * started with {@code --add-exports=java.base/jdk.internal.module=ALL-UNNAMED}.
 */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Loads it where that is not done; false where there is none or it may not be loaded. */
  static boolean load() {
    if (ModuleLayer.boot().findModule(NAME).isPresent()) {
      return true;
    }
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
