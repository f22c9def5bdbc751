// SPDX-License-Identifier: Apache-2.0
/** Ordinary programs on ordinary libraries, each of which gives back all it takes. */
package com.example.loads;
