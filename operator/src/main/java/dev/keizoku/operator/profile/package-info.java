/**
 * The profile that a run is under: found, put before the run's own word, and held against what it
 * asks for. Of its module it imports {@code job}, {@code run}, {@code status} and {@code words}.
 */
package dev.keizoku.operator.profile;
