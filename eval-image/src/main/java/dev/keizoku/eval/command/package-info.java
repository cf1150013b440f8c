/** The commands beside the run itself. */
package dev.keizoku.eval.command;
