/**
 * What tests say of a service's HTTP doors: the document that is generated from its code, completed with every problem that an
 * endpoint can answer with, and compared with the one that is committed. The codes are read from the compiled classes, so that no
 * list of them is to be kept.
 */
@NullMarked
package dev.quittance.localstack.openapi;

import org.jspecify.annotations.NullMarked;
