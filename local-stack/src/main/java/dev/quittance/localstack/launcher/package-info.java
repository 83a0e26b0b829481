/** The commands of ./quittance that need a JVM. */
@NullMarked
package dev.quittance.localstack.launcher;

import org.jspecify.annotations.NullMarked;
