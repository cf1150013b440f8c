package dev.keizoku.corpus.kept;

import dev.keizoku.corpus.filter.TextTraits;
import dev.keizoku.corpus.read.file.Document;
import dev.keizoku.corpus.spool.DocumentId;

/**
 * A document and its attributes: all that deciding needs, and nothing that a limit changes.
 *
 * @param id its name
 * @param document cleaned, with its title where the source says so
 * @param traits what the rules ask of its text
 * @param boilerplate the beginning of the first line that was taken out as such; empty for none
 */
public record Tagged(DocumentId id, Document document, TextTraits traits, String boilerplate) {}
