package dev.quittance.endtoend.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.quittance.localstack.demo.ShopVisit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** A customer with a real browser in the sample shop: every purchase ends where it should, and shows it without a reload. */
@ExtendWith(StoryStack.Started.class)
@SuppressWarnings("NullAway.Init")
class BrowserStory {
    private static final double PATIENCE_MS = 60_000;
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final HasTextOptions SOON = new HasTextOptions().setTimeout(PATIENCE_MS);
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
        page.setDefaultTimeout(PATIENCE_MS);
    }

    @AfterEach
    void leave() {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
        context.close();
    }

    @Test
    void pointsAreBoughtAndSpentOnAProduct(StoryStack stack) throws Exception {
        // Given
        enter(stack, "points");

        // When
        click("Buy 500 points");
        page.locator("button.pay").click();

        // Then
        assertThat(page.locator("#points")).hasText("500", SOON);
        orders("completed");

        // When
        click("Add Aerial photograph");
        click("Pay with points");

        // Then
        assertThat(page.locator("#points")).hasText("200", SOON);
        assertThat(page.locator("#cart-total")).hasText("The cart is empty.", SOON);
        orders("completed", "completed");
        new Effects(stack).verify();
    }

    @Test
    void tooFewPointsAreToldWithTheBalance(StoryStack stack) {
        // Given
        enter(stack, "poor");

        // When
        click("Add Printed map");
        click("Pay with points");

        // Then
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("you have 0", soon());
        assertThat(page.locator("#orders li")).hasCount(0);
    }

    @Test
    void aCartIsPaidWithACardThatWasDeclinedFirst(StoryStack stack) throws Exception {
        // Given
        enter(stack, "card");
        click("Add Aerial photograph");

        // When
        click("Pay by card or debit");
        click("Decline the card");

        // Then
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("declined", soon());

        // When
        page.locator("button.pay").click();

        // Then
        orders("completed");
        assertThat(page.locator("#cart-total")).hasText("The cart is empty.", SOON);
        new Effects(stack).verify();
    }

    @Test
    void aDelayedDebitIsAwaitedAndThenPaid(StoryStack stack) {
        // Given
        enter(stack, "debit");
        click("Add Aerial photograph");

        // When
        click("Pay by card or debit");
        page.getByRole(AriaRole.BUTTON, exactly("Delayed debit")).click();

        // Then
        orders("awaiting payment");

        // When
        stack.shop().payDebit(page.url().replaceAll(".*session_id=", ""));

        // Then
        orders("completed");
    }

    @Test
    void anAbandonedCheckoutGivesBackWhatItSetAside(StoryStack stack) {
        // Given
        enter(stack, "abandon");
        Locator left = page.locator("#products li", new Page.LocatorOptions().setHasText("Printed map"));
        click("Add Printed map");
        click("Pay by card or debit");

        // When
        click("Let it expire");
        enter(stack, "abandon");

        // Then
        orders("cancelled");
        assertThat(left).containsText("100 left", soon());
    }

    private void enter(StoryStack stack, String customer) {
        String link = new ShopVisit(stack.local().env(), stack.local().tokens()::userToken)
                .link(customer + "@shop.example.com");
        page.navigate(link);
        assertThat(page.locator("#live")).hasText("live", SOON);
    }

    private void click(String button) {
        page.getByRole(AriaRole.BUTTON, exactly(button)).click();
    }

    /** The orders' states, the newest first. */
    private void orders(String... states) {
        Locator shown = page.locator("#orders .status");
        assertThat(shown).hasCount(states.length, new HasCountOptions().setTimeout(PATIENCE_MS));
        for (int i = 0; i < states.length; i++) {
            assertThat(shown.nth(i)).hasText(states[i], SOON);
        }
    }

    private static ContainsTextOptions soon() {
        return new ContainsTextOptions().setTimeout(PATIENCE_MS);
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
