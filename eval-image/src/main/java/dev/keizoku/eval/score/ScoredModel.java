package dev.keizoku.eval.score;

/**
 * A model that was scored.
 *
 * @param name as in the run file
 * @param uri where it lies
 * @param sha256 what pins it: digest of its manifest, or of its files where it has none
 */
public record ScoredModel(String name, String uri, String sha256) {}
