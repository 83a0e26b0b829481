/** What keeps strangers from taking the door's time. Redis counts; without it nobody is sent away. */
@NullMarked
package dev.quittance.ingest.edge;

import org.jspecify.annotations.NullMarked;
