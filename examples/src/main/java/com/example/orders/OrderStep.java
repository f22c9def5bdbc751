// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;

/**
 * Something that happens to every order that comes in.
 *
 * <p>The caller releases the body when {@link #accept} has returned. A step that needs it for longer retains it, and
 * releases it when done.
 */
interface OrderStep {

    void accept(ByteBuf body);
}
