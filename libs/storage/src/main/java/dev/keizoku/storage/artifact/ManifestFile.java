package dev.keizoku.storage.artifact;

/**
 * A file of an artifact.
 *
 * @param path below the manifest's folder, with {@code /} between its parts
 * @param bytes its size
 * @param sha256 lower-case hex digest of its content, 64 characters
 */
public record ManifestFile(String path, long bytes, String sha256) {}
