package dev.quittance.billing.shop;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.order.OrderHandler;
import dev.quittance.billing.problem.Problem;
import dev.quittance.billing.shop.ProductView.Offer;
import dev.quittance.billing.shop.ProductView.Stock;
import dev.quittance.contracts.money.CurrencyCode;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.foundation.body.Takes.Kind;
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
    @Takes({
        @Field(value = "name", max = ProductDraft.NAME_MAX, example = "Print"),
        @Field(value = "description", optional = true, max = ProductDraft.TEXT_MAX, example = "On paper"),
        @Field(
                value = "type",
                words = {"physical", "digital"}),
        @Field(
                value = "priceMinor",
                kind = Kind.WHOLE,
                optional = true,
                max = ProductDraft.PRICE_MAX,
                example = "1500"),
        @Field(value = "currency", optional = true, pattern = ProductDraft.CURRENCY, min = 3, max = 3, example = "EUR"),
        @Field(
                value = "pricePoints",
                kind = Kind.WHOLE,
                optional = true,
                max = ProductDraft.POINTS_MAX,
                example = "300"),
        @Field(
                value = "imageUrl",
                optional = true,
                format = "uri",
                max = ProductDraft.URL_MAX,
                example = "https://example.com/p.png"),
        @Field(
                value = "contentUrl",
                optional = true,
                format = "uri",
                max = ProductDraft.URL_MAX,
                example = "https://example.com/p.zip"),
        @Field(value = "maxPerOrder", kind = Kind.WHOLE, optional = true, max = ProductDraft.ORDER_MAX, example = "10"),
        @Field(value = "stocked", kind = Kind.FLAG, optional = true, example = "true"),
        @Field(
                value = "soldOutPolicy",
                optional = true,
                words = {"refund", "back_order"}),
        @Field(value = "restockOnRefund", kind = Kind.FLAG, optional = true, example = "false"),
        @Field(value = "stripeProductId", optional = true, max = ProductDraft.NAME_MAX, example = "prod_1"),
        @Field(value = "stripePriceId", optional = true, max = ProductDraft.NAME_MAX, example = "price_1"),
        @Field(value = "active", kind = Kind.FLAG, optional = true, example = "true")
    })
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
    @Takes({
        @Field(
                value = "kind",
                words = {"received", "lost"}),
        @Field(value = "quantity", kind = Kind.WHOLE, max = QUANTITY_MAX, example = "10"),
        @Field(value = "note", optional = true, max = NOTE_MAX, example = "from the printer")
    })
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
    @Takes({
        @Field(value = "name", max = NAME_MAX, example = "Basic"),
        @Field(value = "amount", kind = Kind.WHOLE, max = ProductDraft.POINTS_MAX, example = "500"),
        @Field(value = "priceMinor", kind = Kind.WHOLE, max = ProductDraft.PRICE_MAX, example = "1500"),
        @Field(value = "currency", pattern = ProductDraft.CURRENCY, min = 3, max = 3, example = "EUR"),
        @Field(value = "active", kind = Kind.FLAG, optional = true, example = "true")
    })
    public Uni<Offer> putPackage(@PathParam("id") String id, byte @Nullable [] body) {
        return put(offer(id, "points", body));
    }

    @PUT
    @Path("credit-plans/{id}")
    @Takes({
        @Field(value = "name", max = NAME_MAX, example = "Basic"),
        @Field(value = "amount", kind = Kind.WHOLE, max = ProductDraft.POINTS_MAX, example = "500"),
        @Field(value = "priceMinor", kind = Kind.WHOLE, max = ProductDraft.PRICE_MAX, example = "1500"),
        @Field(value = "currency", pattern = ProductDraft.CURRENCY, min = 3, max = 3, example = "EUR"),
        @Field(value = "active", kind = Kind.FLAG, optional = true, example = "true")
    })
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
