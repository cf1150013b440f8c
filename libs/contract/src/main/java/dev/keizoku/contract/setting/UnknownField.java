package dev.keizoku.contract.setting;

import java.util.Collection;
import java.util.List;

/**
 * A field of a file that its record does not have.
 *
 * @param path where it is, for instance {@code data[0].wieght}
 * @param name its own name
 * @param known the names that are possible there
 */
public record UnknownField(String path, String name, Collection<String> known) {

  /** Copies the names. */
  public UnknownField {
    known = List.copyOf(known);
  }
}
