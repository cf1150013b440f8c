package dev.keizoku.contract.setting;

import java.util.Map;

/** A record that holds settings in words of another kind of file, and can say which they are. */
public interface Translated {

  /** The settings that are meant, by the name of the field that holds them. */
  Map<String, Record> translated();
}
