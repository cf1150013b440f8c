/**
 * What is common to all settings: their defaults, limits and rules stand as annotations on the
 * records that hold them, and are read here. Of its module it imports {@code fault}.
 */
package dev.keizoku.contract.setting;
