package dev.keizoku.corpus.read.file;

/**
 * What a source says about its files.
 *
 * @param encoding name of the character set; null means detected for each file
 * @param textField JSON field with the text
 */
public record ReadOptions(String encoding, String textField) {}
