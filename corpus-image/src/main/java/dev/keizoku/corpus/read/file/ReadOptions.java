package dev.keizoku.corpus.read.file;

import dev.keizoku.contract.corpus.RecordFields;

/**
 * What a source says about its files.
 *
 * @param encoding name of the character set; null means detected for each file
 * @param textField field, column or path with the text of a record
 * @param fields where the others are
 * @param keepRuby whether readings stay, in brackets behind their words
 */
public record ReadOptions(
    String encoding, String textField, RecordFields fields, boolean keepRuby) {}
