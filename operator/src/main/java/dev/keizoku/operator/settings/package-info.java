/** What the installation sets. Of its module it imports nothing. */
package dev.keizoku.operator.settings;
