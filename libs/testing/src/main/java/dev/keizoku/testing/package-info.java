/**
 * Real servers that tests of several modules start on this machine, and the reference libraries
 * that they ask, and the rule of architecture that all share. A test dependency only.
 */
package dev.keizoku.testing;
