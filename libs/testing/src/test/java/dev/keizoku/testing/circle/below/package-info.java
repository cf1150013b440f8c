/** The room of the circle. */
package dev.keizoku.testing.circle.below;
