/** A circle through the topmost package. */
package dev.keizoku.testing.circle;
