/** The chart, rendered as helm renders it. */
@NullMarked
package dev.quittance.deploy.chart;

import org.jspecify.annotations.NullMarked;
