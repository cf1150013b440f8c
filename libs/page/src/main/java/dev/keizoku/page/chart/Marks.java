package dev.keizoku.page.chart;

import java.util.List;

/**
 * Steps at which something happened, drawn as upright lines.
 *
 * @param name what
 * @param steps when, ascending
 */
public record Marks(String name, List<Long> steps) {}
