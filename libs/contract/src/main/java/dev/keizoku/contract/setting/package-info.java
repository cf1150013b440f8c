/**
 * What is common to all settings: their defaults, limits and rules stand as annotations on the
 * records that hold them, and are read here. Imports Jackson and the annotations.
 */
package dev.keizoku.contract.setting;
