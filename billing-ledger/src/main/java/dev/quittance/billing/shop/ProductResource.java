package dev.quittance.billing.shop;

import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.problem.Problem;
import dev.quittance.billing.shop.ProductView.Offers;
import dev.quittance.billing.shop.ProductView.Page;
import dev.quittance.billing.shop.ProductView.Prices;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is for sale. Whoever wants may look, before signing in too. */
@Path("/api/products")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class ProductResource {
    private static final int PAGE_DEFAULT = 20;
    private static final int PAGE_MAX = 100;
    private static final int SEARCH_MAX = 100;
    private static final int CURSOR_DIGITS = 18;

    private final ProductStore products;
    private final OfferStore offers;

    ProductResource(ProductStore products, OfferStore offers) {
        this.products = products;
        this.offers = offers;
    }

    @GET
    public Uni<Page> list(
            @QueryParam("q") @Nullable String search,
            @QueryParam("type") @Nullable String type,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        if (search != null && (search.isBlank() || search.length() > SEARCH_MAX || search.indexOf('\0') >= 0)) {
            throw Problem.BAD_REQUEST.exception("q is to be a text of 1 to " + SEARCH_MAX + " characters");
        }
        if (type != null && !List.of("digital", "physical").contains(type)) {
            throw Problem.BAD_REQUEST.exception("type is to be digital or physical");
        }
        return products.list(number("after", after, Long.MAX_VALUE, Long.MAX_VALUE), search, type, (int)
                number("limit", limit, PAGE_DEFAULT, PAGE_MAX));
    }

    @GET
    @Path("{product}")
    public Uni<ProductView> product(@PathParam("product") String product) {
        return products.find(JsonBody.id("the product", product))
                .map(found -> found.filter(ProductView::active).orElseThrow(Problem.PRODUCT_UNKNOWN::exception));
    }

    @GET
    @Path("packages")
    public Uni<Offers> packages() {
        return offers.list("points").map(Offers::new);
    }

    @GET
    @Path("credit-plans")
    public Uni<Offers> creditPlans() {
        return offers.list("credits").map(Offers::new);
    }

    @GET
    @Path("vouchers")
    public Uni<Prices> vouchers() {
        return offers.prices(false).map(Prices::new);
    }

    @GET
    @Path("subscriptions")
    public Uni<Prices> subscriptions() {
        return offers.prices(true).map(Prices::new);
    }

    private static long number(String name, @Nullable String text, long otherwise, long max) {
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1," + CURSOR_DIGITS + "}")) {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        }
        throw Problem.BAD_REQUEST.exception(name + " is to be a whole number from 1");
    }
}
