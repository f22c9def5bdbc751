// SPDX-License-Identifier: Apache-2.0
/** The java agent: installs the probes, watches over the recorder, and answers the control calls. */
package dev.heldby.agent;
