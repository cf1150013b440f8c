/** Kinds of accelerators that plans know before one is held. Of its module it imports nothing. */
package dev.keizoku.program.device;
