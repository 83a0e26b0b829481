package dev.quittance.endtoend.story;

import static dev.quittance.endtoend.story.Customer.DOWNLOADS;
import static dev.quittance.endtoend.story.Customer.ORDER;
import static dev.quittance.endtoend.story.Customer.RECEIPT;
import static dev.quittance.endtoend.story.Customer.REFUND;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A customer with a real browser in the sample shop: every purchase ends in the right order, stock, books and letters, and shows it
 * without a reload.
 */
@ExtendWith(StoryStack.Started.class)
@SuppressWarnings("NullAway.Init")
class BrowserStory {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static Playwright playwright;
    private static Browser browser;

    private BrowserContext context;
    private Page page;
    private String name = "";

    @BeforeAll
    static void open() {
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(Path.of(Objects.requireNonNull(System.getProperty("quittance.browser"))))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void close() {
        playwright.close();
    }

    @BeforeEach
    void visit(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        context = browser.newContext();
        page = context.newPage();
    }

    @AfterEach
    void leave() {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
        context.close();
    }

    @Test
    void pointsAreBoughtAndSpentOnAProduct(StoryStack stack) throws Exception {
        // Given
        Customer customer = enter(stack, "points");
        Customer otherTab = customer.inAnotherTab();

        // When
        customer.click("Buy 500 points");
        customer.payByCard();

        // Then
        customer.has("500");
        otherTab.has("500");
        customer.orders("completed");

        // When
        customer.add("Aerial photograph", "300 points");
        customer.click("Pay with points");

        // Then
        customer.has("200");
        customer.sees("#cart-total", "The cart is empty.");
        customer.orders("completed", "completed");
        otherTab.has("200");
        otherTab.orders("completed", "completed");
        customer.rests(ORDER, RECEIPT, ORDER, DOWNLOADS);
        customer.hasLetter(ORDER, "1 x 500 points", "Total: 4.99 EUR");
        customer.hasLetter(RECEIPT, "Paid: 4.99 EUR", "Points: 500");
        customer.hasLetter(ORDER, "1 x Aerial photograph", "Total: 300 points");
        customer.getsThePhotographByItsLink();
    }

    @Test
    void tooFewPointsAreToldWithTheBalance(StoryStack stack) throws Exception {
        // Given
        Customer customer = enter(stack, "poor");

        // When
        customer.add("Printed map", "900 points");
        customer.click("Pay with points");

        // Then
        customer.isTold("you have 0");
        customer.orders();
        customer.rests();
    }

    @Test
    void aCartIsPaidWithACardThatWasDeclinedFirst(StoryStack stack) throws Exception {
        // Given
        Customer customer = enter(stack, "card");
        int left = customer.mapsLeft();
        customer.add("Aerial photograph", "€9.00");
        customer.add("Printed map", "€33.00");

        // When
        customer.click("Pay by card or debit");
        customer.click("Decline the card");

        // Then
        customer.isTold("declined");

        // When
        customer.payByCard();

        // Then
        customer.orders("processing");
        customer.sees("#cart-total", "The cart is empty.");
        customer.mapsLeft(left - 1);

        // When
        Buyer.Answer sent = stack.operator()
                .post(
                        "/api/admin/orders/" + customer.ask("order_id") + "/tracking",
                        "{\"carrier\":\"Post\",\"number\":\"RR123456785\"}");

        // Then
        assertThat(sent.status()).as("%s", sent.body()).isEqualTo(200);
        customer.orders("completed");
        customer.rests(ORDER, DOWNLOADS, RECEIPT);
        customer.hasLetter(ORDER, "1 x Aerial photograph", "1 x Printed map", "Total: 33.00 EUR");
        customer.hasLetter(RECEIPT, "Paid: 33.00 EUR");
        customer.getsThePhotographByItsLink();
    }

    @Test
    @DisplayName("E3: a delayed debit is awaited, with nothing given and nothing written, and then paid")
    void aDelayedDebitIsAwaitedAndThenPaid(StoryStack stack) throws Exception {
        // Given
        Customer customer = enter(stack, "debit");
        customer.add("Aerial photograph", "€9.00");

        // When
        customer.click("Pay by card or debit");
        customer.click("Delayed debit");

        // Then
        customer.isTold("Your bank has been asked");
        customer.orders("awaiting payment");
        customer.rests();

        // When
        stack.shop().payDebit(customer.session());

        // Then
        customer.orders("completed");
        customer.rests(ORDER, DOWNLOADS, RECEIPT);
        customer.hasLetter(RECEIPT, "Paid: 9.00 EUR");
        customer.getsThePhotographByItsLink();
    }

    @Test
    @DisplayName("E3: a delayed debit that fails ends the order, and what was set aside for it is there again")
    void aDelayedDebitThatFailsEndsTheOrder(StoryStack stack) throws Exception {
        // Given
        Customer customer = enter(stack, "bounced");
        int left = customer.mapsLeft();
        customer.add("Printed map", "€24.00");

        // When
        customer.click("Pay by card or debit");
        customer.click("Delayed debit");

        // Then
        customer.orders("awaiting payment");
        customer.mapsLeft(left - 1);

        // When
        stack.shop().failDebit(customer.session());

        // Then
        customer.orders("failed");
        customer.mapsLeft(left);
        customer.rests();
    }

    @Test
    void anAbandonedCheckoutGivesBackWhatItSetAside(StoryStack stack) throws Exception {
        // Given
        Customer customer = enter(stack, "abandon");
        int left = customer.mapsLeft();
        customer.add("Printed map", "€24.00");
        customer.click("Pay by card or debit");

        // When
        customer.click("Let it expire");
        customer.enter();

        // Then
        customer.orders("cancelled");
        customer.mapsLeft(left);
        customer.rests();
    }

    @Test
    void aRefundIsSeenAndToldByMail(StoryStack stack) throws Exception {
        // Given
        Customer customer = enter(stack, "refund");
        customer.add("Aerial photograph", "€9.00");
        customer.click("Pay by card or debit");
        customer.payByCard();
        customer.orders("completed");

        // When
        Buyer.Answer refund = stack.operator()
                .post(
                        "/api/admin/refunds",
                        "{\"paymentIntent\":\"" + customer.ask("stripe_payment_intent_id") + "\"}");

        // Then
        assertThat(refund.status()).as("%s", refund.body()).isIn(200, 202);
        customer.orders("refunded");
        customer.rests(ORDER, DOWNLOADS, RECEIPT, REFUND);
        customer.hasLetter(REFUND, "1 x Aerial photograph", "Given back: 9.00 EUR");
    }

    private Customer enter(StoryStack stack, String customer) {
        return Customer.enter(stack, context, page, customer);
    }
}
