package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.SplittableRandom;

/** The whole simulator on one event loop: no request sees another one half done. */
final class SimulatorVerticle extends AbstractVerticle {
    private static final System.Logger LOG = System.getLogger(SimulatorVerticle.class.getName());
    private static final long EXPIRY_CHECK_MILLIS = 1_000;

    private final StripeSimulator.Options options;
    private int port;

    SimulatorVerticle(StripeSimulator.Options options) {
        this.options = options;
    }

    int port() {
        return port;
    }

    @Override
    public void start(Promise<Void> started) {
        SplittableRandom seed = new SplittableRandom(options.seed());
        Ids ids = new Ids(seed.split());
        ObjectShelf shelf = new ObjectShelf();
        WebhookSender sender = new WebhookSender(vertx, options.retries(), options.clock(), seed.split());
        EventLog events = new EventLog(ids, options.clock(), options.endpoints(), sender::send);
        CustomerDesk customers = new CustomerDesk(shelf, events, ids, options.clock());
        CatalogueDesk catalogue = new CatalogueDesk(shelf, events, ids, options.clock());
        CheckoutDesk desk =
                new CheckoutDesk(shelf, catalogue, events, ids, options.clock(), () -> StripeSimulator.url(port));
        Till till = new Till(shelf, desk, customers, events, ids, options.clock());
        StripeApi api = new StripeApi(options.apiKey(), new Ids(seed.split()), shelf);

        Router router = Router.router(vertx);
        mountPeopleAndGoods(router, api, customers, catalogue);
        mountSessions(router, api, desk);
        mountReadOnly(router, api, shelf);
        api.get(router, "/v1/events", events::list);
        api.get(router, "/v1/events/:id", events::retrieve);
        api.refuseTheRest(router);
        new HostedCheckout(desk, till).mount(router);
        new SimControl(events, sender, shelf).mount(router);
        router.route().failureHandler(SimulatorVerticle::refuse);
        vertx.setPeriodic(EXPIRY_CHECK_MILLIS, _ -> desk.expireDue());
        listen(router).<Void>mapEmpty().onComplete(started);
    }

    private Future<?> listen(Router router) {
        HttpServerOptions server =
                new HttpServerOptions().setHost(StripeSimulator.HOST).setPort(options.port());
        return vertx.createHttpServer(server)
                .requestHandler(router)
                .listen()
                .onSuccess(listening -> port = listening.actualPort());
    }

    private static void mountPeopleAndGoods(
            Router router, StripeApi api, CustomerDesk customers, CatalogueDesk catalogue) {
        api.post(router, "/v1/customers", customers::create);
        api.get(router, "/v1/customers", customers::list);
        api.get(router, "/v1/customers/:id", customers::retrieve);
        api.post(router, "/v1/customers/:id", customers::update);
        api.delete(router, "/v1/customers/:id", customers::delete);
        api.post(router, "/v1/products", catalogue::createProduct);
        api.get(router, "/v1/products", catalogue::listProducts);
        api.get(router, "/v1/products/:id", catalogue::retrieveProduct);
        api.post(router, "/v1/products/:id", catalogue::updateProduct);
        api.post(router, "/v1/prices", catalogue::createPrice);
        api.get(router, "/v1/prices", catalogue::listPrices);
        api.get(router, "/v1/prices/:id", catalogue::retrievePrice);
        api.post(router, "/v1/prices/:id", catalogue::updatePrice);
    }

    private static void mountSessions(Router router, StripeApi api, CheckoutDesk desk) {
        api.post(router, "/v1/checkout/sessions", desk::create);
        api.get(router, "/v1/checkout/sessions", desk::list);
        api.get(router, "/v1/checkout/sessions/:id", desk::retrieve);
        api.post(router, "/v1/checkout/sessions/:id", desk::update);
        api.get(router, "/v1/checkout/sessions/:id/line_items", desk::lineItems);
        api.post(router, "/v1/checkout/sessions/:id/expire", desk::expire);
    }

    private static void mountReadOnly(Router router, StripeApi api, ObjectShelf shelf) {
        readOnly(router, api, shelf, "payment_intent", "customer");
        readOnly(router, api, shelf, "charge", "payment_intent");
        readOnly(router, api, shelf, "balance_transaction", "source");
    }

    private static void readOnly(Router router, StripeApi api, ObjectShelf shelf, String kind, String filter) {
        String path = "/v1/" + kind + "s";
        api.get(router, path, call -> {
            String wanted = call.params().text(filter);
            List<ObjectNode> found = shelf.all(kind).stream()
                    .filter(object ->
                            wanted == null || wanted.equals(object.path(filter).asText()))
                    .toList();
            return ListPage.of(call, found);
        });
        api.get(router, path + "/:id", call -> shelf.get(kind, call.id(), "id").deepCopy());
    }

    private static void refuse(RoutingContext context) {
        if (context.response().ended()) {
            return;
        }
        if (context.failure() instanceof StripeFailure failure) {
            context.response()
                    .setStatusCode(failure.status())
                    .putHeader("Content-Type", "application/json")
                    .end(Shapes.pretty(failure.body()));
            return;
        }
        if (context.failure() != null) {
            LOG.log(Level.ERROR, "the simulator failed", context.failure());
        }
        context.response()
                .setStatusCode(context.statusCode() > 0 ? context.statusCode() : 500)
                .end();
    }
}
