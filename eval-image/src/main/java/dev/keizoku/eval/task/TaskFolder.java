package dev.keizoku.eval.task;

import java.util.List;

/** Where task files and their data lie. */
public interface TaskFolder {

  /** Names of all task files below it, sorted. */
  List<String> taskFiles();

  /** How a file is called in sentences. */
  String place(String file);

  /**
   * The bytes of a file.
   *
   * @param file path below the folder, or a URI
   * @throws dev.keizoku.contract.fault.RunFault exit 42 when it is not there or too large
   */
  byte[] read(String file);
}
