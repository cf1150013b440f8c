package dev.keizoku.storage;

/**
 * An object that exists.
 *
 * @param uri where it is
 * @param bytes its size
 */
public record ObjectInfo(String uri, long bytes) {}
