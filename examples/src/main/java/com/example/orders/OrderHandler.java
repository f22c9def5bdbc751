// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.List;

/** Answers one order: takes it through the steps, then takes the goods from the stock and archives the receipt. */
@Sharable
final class OrderHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final List<OrderStep> steps;
    private final Stock stock;
    private final ReceiptArchive archive;
    private final boolean fixed;

    OrderHandler(List<OrderStep> steps, Stock stock, ReceiptArchive archive, boolean fixed) {
        this.steps = steps;
        this.stock = stock;
        this.archive = archive;
        this.fixed = fixed;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) throws IOException {
        ByteBuf body = ctx.alloc().directBuffer(request.content().readableBytes());
        try {
            body.writeBytes(request.content());
            for (OrderStep step : steps) {
                step.accept(body);
            }
            ctx.writeAndFlush(deliver(ctx, Order.from(body)));
        } finally {
            body.release();
        }
    }

    private FullHttpResponse deliver(ChannelHandlerContext ctx, Order order) throws IOException {
        ByteBuf receipt = ctx.alloc().directBuffer(128);
        ByteBufUtil.writeUtf8(receipt, "receipt for order " + order.number() + ": " + order.item() + '\n');
        try {
            stock.take(order);
        } catch (OutOfStockException e) {
            if (fixed) {
                receipt.release();
            }
            return answer(ctx, HttpResponseStatus.CONFLICT, e.getMessage());
        }
        archive.store(receipt);
        return answer(ctx, HttpResponseStatus.CREATED, "order " + order.number() + " is on its way");
    }

    private static FullHttpResponse answer(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
        ByteBuf content = ByteBufUtil.writeUtf8(ctx.alloc(), text);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        HttpUtil.setContentLength(response, content.readableBytes());
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        System.err.println("closing " + ctx.channel().remoteAddress() + ": " + cause);
        ctx.close();
    }
}
