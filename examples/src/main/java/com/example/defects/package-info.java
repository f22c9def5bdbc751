// SPDX-License-Identifier: Apache-2.0
/** One plain program with four planted defects, each in a class of its own beside code that does the same thing right. */
package com.example.defects;
