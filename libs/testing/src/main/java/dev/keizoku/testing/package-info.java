/**
 * Real servers that tests of several modules start on this machine. A test dependency only; imports
 * the contract and JUnit.
 */
package dev.keizoku.testing;
