package dev.quittance.billing.shop;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.caller.Takes;
import dev.quittance.billing.order.OrderHandler;
import dev.quittance.billing.problem.Problem;
import dev.quittance.billing.shop.ProductView.Offer;
import dev.quittance.billing.shop.ProductView.Stock;
import dev.quittance.contracts.money.CurrencyCode;
import dev.quittance.messaging.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The catalogue and the stock, for whoever runs the shop. A PUT is the whole of a thing, so that repeating it changes nothing. */
@Path("/api/admin/products")
@RolesAllowed(Roles.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class ProductAdminResource {
    private static final int NAME_MAX = 200;
    private static final int NOTE_MAX = 500;
    private static final long QUANTITY_MAX = 1_000_000_000;
    private static final String OFFER_ID = "[a-zA-Z0-9_.-]{1,60}";

    private final ProductStore products;
    private final OfferStore offers;
    private final StockStore stock;
    private final OrderHandler orders;
    private final Outbox outbox;
    private final Pool pool;

    ProductAdminResource(
            ProductStore products, OfferStore offers, StockStore stock, OrderHandler orders, Outbox outbox, Pool pool) {
        this.products = products;
        this.offers = offers;
        this.stock = stock;
        this.orders = orders;
        this.outbox = outbox;
        this.pool = pool;
    }

    @PUT
    @Path("{product}")
    @Takes(
            "{\"name\":\"Print\",\"description\":\"On paper\",\"type\":\"physical\",\"priceMinor\":1500,\"currency\":\"EUR\",\"pricePoints\":300,\"imageUrl\":\"https://example.com/p.png\",\"contentUrl\":\"https://example.com/p.zip\",\"maxPerOrder\":10,\"stocked\":true,\"soldOutPolicy\":\"refund\",\"restockOnRefund\":false,\"stripeProductId\":\"prod_1\",\"stripePriceId\":\"price_1\",\"active\":true}")
    public Uni<ProductView> put(@PathParam("product") String product, byte @Nullable [] body) {
        UUID id = JsonBody.id("the product", product);
        return products.put(id, ProductDraft.read(body))
                .chain(isPut -> {
                    if (!isPut) {
                        throw Problem.BAD_REQUEST.exception("type and stocked stay what they are");
                    }
                    return products.find(id);
                })
                .map(found -> found.orElseThrow(Problem.PRODUCT_UNKNOWN::exception));
    }

    @POST
    @Path("{product}/stock")
    @Takes("{\"kind\":\"received\",\"quantity\":10,\"note\":\"from the printer\"}")
    public Uni<Stock> count(
            @PathParam("product") String product,
            byte @Nullable [] bytes,
            @HeaderParam("Idempotency-Key") @Nullable String header) {
        UUID id = JsonBody.id("the product", product);
        String key = Caller.idempotencyKey(header);
        JsonBody body = JsonBody.read(bytes);
        StockStore.Counted counted = new StockStore.Counted(
                id,
                body.word("kind", List.of("received", "lost")),
                body.whole("quantity", 1, QUANTITY_MAX),
                body.textOrNull("note", NOTE_MAX));
        return pool.withTransaction(transaction -> stock.count(transaction, key, counted)
                        .call(() -> orders.serveWaiting(transaction, id)
                                .chain(changes -> outbox.append(transaction, OrderHandler.news(changes)))))
                .invoke(outbox::wake);
    }

    @PUT
    @Path("packages/{id}")
    @Takes("{\"name\":\"Basic\",\"amount\":500,\"priceMinor\":1500,\"currency\":\"EUR\",\"active\":true}")
    public Uni<Offer> putPackage(@PathParam("id") String id, byte @Nullable [] body) {
        return put(offer(id, "points", body));
    }

    @PUT
    @Path("credit-plans/{id}")
    @Takes("{\"name\":\"Basic\",\"amount\":500,\"priceMinor\":1500,\"currency\":\"EUR\",\"active\":true}")
    public Uni<Offer> putPlan(@PathParam("id") String id, byte @Nullable [] body) {
        return put(offer(id, "credits", body));
    }

    private Uni<Offer> put(Offer offer) {
        return offers.put(offer).replaceWith(offer);
    }

    private static Offer offer(String id, String unit, byte @Nullable [] bytes) {
        if (!id.matches(OFFER_ID)) {
            throw Problem.BAD_REQUEST.exception("the id is to be up to 60 letters, digits and . _ -");
        }
        JsonBody body = JsonBody.read(bytes);
        String currency = body.text("currency", 3);
        if (!CurrencyCode.isKnown(currency)) {
            throw Problem.BAD_REQUEST.exception("currency is to be three capital letters");
        }
        return new Offer(
                id,
                body.text("name", NAME_MAX),
                unit,
                body.whole("amount", 1, ProductDraft.POINTS_MAX),
                body.whole("priceMinor", 1, ProductDraft.PRICE_MAX),
                currency,
                body.flag("active", true));
    }
}
