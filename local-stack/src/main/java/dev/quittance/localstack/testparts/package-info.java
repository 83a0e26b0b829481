/** The embedded parts as tests meet them: started once per build by whoever needs them first, with a database and topics of its own for each test class. */
@NullMarked
package dev.quittance.localstack.testparts;

import org.jspecify.annotations.NullMarked;
