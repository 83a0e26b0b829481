package dev.quittance.localstack.simulator;

import dev.quittance.localstack.simulator.balance.BalanceDesk;
import dev.quittance.localstack.simulator.balance.PayoutDesk;
import dev.quittance.localstack.simulator.catalogue.CatalogueDesk;
import dev.quittance.localstack.simulator.checkout.CheckoutDesk;
import dev.quittance.localstack.simulator.checkout.HostedCheckout;
import dev.quittance.localstack.simulator.checkout.Till;
import dev.quittance.localstack.simulator.control.ControlPage;
import dev.quittance.localstack.simulator.control.ForeignObjects;
import dev.quittance.localstack.simulator.control.SimControl;
import dev.quittance.localstack.simulator.customer.CustomerDesk;
import dev.quittance.localstack.simulator.discount.CouponDesk;
import dev.quittance.localstack.simulator.discount.TaxDesk;
import dev.quittance.localstack.simulator.dispute.DisputeDesk;
import dev.quittance.localstack.simulator.invoice.CreditNoteDesk;
import dev.quittance.localstack.simulator.payment.DelayedPayments;
import dev.quittance.localstack.simulator.payment.IntentDesk;
import dev.quittance.localstack.simulator.payment.PaymentDesk;
import dev.quittance.localstack.simulator.payment.SetupDesk;
import dev.quittance.localstack.simulator.refund.RefundDesk;
import dev.quittance.localstack.simulator.rest.ApiFaults;
import dev.quittance.localstack.simulator.rest.ControlDoor;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.subscription.SubscriptionDesk;
import dev.quittance.localstack.simulator.version.VersionedShapes;
import dev.quittance.localstack.simulator.webhook.EndpointDesk;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.webhook.WebhookSender;
import dev.quittance.localstack.simulator.world.SimClock;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.SplittableRandom;

/** The whole simulator on one event loop: no request sees another one half done. */
final class SimulatorVerticle extends AbstractVerticle {
    private static final System.Logger LOG = System.getLogger(SimulatorVerticle.class.getName());
    private static final long DUE_CHECK_MILLIS = 1_000;

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
        SimClock clock = new SimClock(options.clock());
        Ids ids = new Ids(seed.split());
        ObjectShelf shelf = new ObjectShelf();
        // Webhooks go out by the real clock: their receivers refuse signatures of another day.
        WebhookSender sender = new WebhookSender(vertx, options.retries(), options.clock(), seed.split());
        EndpointDesk endpoints = new EndpointDesk(new Ids(seed.split()), clock, options.endpoints());
        VersionedShapes shapes = new VersionedShapes(shelf);
        EventLog events = new EventLog(ids, clock, options.clock(), endpoints, shapes, sender::send);
        World world = new World(shelf, events, ids, clock);
        ApiFaults faults = new ApiFaults();
        StripeApi api = new StripeApi(
                options.apiKey(), new Ids(seed.split()), shelf, shapes, endpoints::accountVersion, faults, clock);
        Router router = Router.router(vertx);
        mount(router, api, world);
        endpoints.mount(router, api, new ControlDoor(router));
        api.get(router, "/v1/events", events::list);
        api.get(router, "/v1/events/:id", events::retrieve);
        api.refuseTheRest(router);
        new SimControl(world, sender).mount(new ControlDoor(router));
        faults.mount(new ControlDoor(router));
        new ForeignObjects(shelf, events).mount(router);
        new ControlPage(world, endpoints, sender).mount(router);
        router.route().failureHandler(SimulatorVerticle::refuse);
        vertx.setPeriodic(DUE_CHECK_MILLIS, _ -> world.agenda().runDue());
        listen(router).<Void>mapEmpty().onComplete(started);
    }

    private void mount(Router router, StripeApi api, World world) {
        ControlDoor control = new ControlDoor(router);
        CustomerDesk customers = new CustomerDesk(world);
        CatalogueDesk catalogue = new CatalogueDesk(world);
        BalanceDesk balance = new BalanceDesk(world);
        PaymentDesk payments = new PaymentDesk(world, balance);
        SetupDesk setups = new SetupDesk(world);
        CouponDesk coupons = new CouponDesk(world);
        TaxDesk taxes = new TaxDesk(world);
        CheckoutDesk desk = new CheckoutDesk(world, catalogue, setups, coupons, taxes, () -> StripeSimulator.url(port));
        setups.mount(router, api);
        coupons.mount(router, api);
        taxes.mount(router, api);
        customers.mount(router, api);
        catalogue.mount(router, api);
        balance.mount(router, api);
        payments.mount(router, api);
        desk.mount(router, api);
        RefundDesk refunds = new RefundDesk(world, balance);
        refunds.mount(router, api, control);
        new CreditNoteDesk(world, refunds).mount(router, api);
        new DisputeDesk(world, balance).mount(router, api, control);
        SubscriptionDesk subscriptions = new SubscriptionDesk(world, payments);
        subscriptions.mount(router, api, control);
        customers.beforeDeletion(subscriptions::endAllOf);
        DelayedPayments delayed = new DelayedPayments(world, payments);
        delayed.mount(control);
        new IntentDesk(world, payments, delayed).mount(router, api, control);
        new PayoutDesk(world, balance).mount(router, api, control);
        Till till = new Till(desk, customers, payments, delayed, setups, subscriptions, world);
        new HostedCheckout(desk, till).mount(router);
    }

    private Future<?> listen(Router router) {
        HttpServerOptions server =
                new HttpServerOptions().setHost(StripeSimulator.HOST).setPort(options.port());
        return vertx.createHttpServer(server)
                .requestHandler(router)
                .listen()
                .onSuccess(listening -> port = listening.actualPort());
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
