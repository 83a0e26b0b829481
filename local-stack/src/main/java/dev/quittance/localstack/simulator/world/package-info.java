/** What every desk of the simulator works with: its objects, its events, its ids, its clock and what is due when. One event loop uses them, so nobody sees a state half made. */
@NullMarked
package dev.quittance.localstack.simulator.world;

import org.jspecify.annotations.NullMarked;
