// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a customer wants, as it travels in the body of a request: {@code number=7&item=teapot&quantity=2}. */
record Order(int number, String item, int quantity, boolean express) {

    /** Reads an order and leaves the indices of the body alone, as other threads read it too. */
    static Order from(ByteBuf body) {
        Map<String, List<String>> fields =
                new QueryStringDecoder(body.toString(StandardCharsets.UTF_8), false).parameters();
        return new Order(
                Integer.parseInt(field(fields, "number")),
                field(fields, "item"),
                Integer.parseInt(field(fields, "quantity")),
                fields.containsKey("express"));
    }

    String toForm() {
        return "number=" + number + "&item=" + item + "&quantity=" + quantity + (express ? "&express=yes" : "");
    }

    private static String field(Map<String, List<String>> fields, String name) {
        List<String> values = fields.get(name);
        if (values == null) {
            throw new IllegalArgumentException("the order has no field '" + name + "'");
        }
        return values.get(0);
    }
}
