/** The leak verdict against programs whose truth is known. */
package io.tare.app.overtime;
