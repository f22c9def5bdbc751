// SPDX-License-Identifier: Apache-2.0
package shop;

import dev.heldby.handle.Handle;

public final class Views {
    public static void main(String[] args) {
        // sample
        Handle<String> handle = Handle.of("42 chairs", order -> System.out.println("destroyed"));
        CharSequence order = handle.view(CharSequence.class);
        System.out.println(order.length() + " characters: " + order);
        handle.close();
        // end
    }
}
