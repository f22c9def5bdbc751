// SPDX-License-Identifier: Apache-2.0
/**
 * A small shop that takes orders over HTTP, and the customers that keep it busy.
 *
 * <pre>
 *   Customers ==HTTP==> OrderHandler --body-----> six OrderSteps and RecentOrders
 *                            |
 *                            +-------receipt--> ReceiptArchive
 * </pre>
 *
 * Two buffers are dealt with wrongly: the receipt of an order that is out of stock, and the body of an order that {@link
 * com.example.orders.RecentOrders} drops. With {@code --fixed} both are released.
 */
package com.example.orders;
