package dev.quittance.endtoend.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.quittance.localstack.demo.ShopVisit;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/** Somebody in the sample shop, with a page of their own, a mailbox, and a merchant who keeps books of it. */
final class Customer {
    static final String ORDER = "Your order";
    static final String DOWNLOADS = "Your downloads";
    static final String RECEIPT = "Your receipt";
    static final String REFUND = "Your refund";

    private static final double PATIENCE_MS = 60_000;
    private static final HasTextOptions SOON = new HasTextOptions().setTimeout(PATIENCE_MS);
    private static final ContainsTextOptions SOON_IN_IT = new ContainsTextOptions().setTimeout(PATIENCE_MS);
    private static final String LETTERS_ON_THEIR_WAY = """
            select count(*) from billing.order_mails m join billing.orders o using (order_id)
            where o.email = ? and m.state <> 'sent'
            """;

    private final StoryStack stack;
    private final BrowserContext context;
    private final Page page;
    private final String email;

    private Customer(StoryStack stack, BrowserContext context, Page page, String email) {
        this.stack = stack;
        this.context = context;
        this.page = page;
        this.email = email;
    }

    /** Comes in. */
    static Customer enter(StoryStack stack, BrowserContext context, Page page, String name) {
        page.setDefaultTimeout(PATIENCE_MS);
        Customer customer = new Customer(stack, context, page, name + "@shop.example.com");
        customer.enter();
        return customer;
    }

    void enter() {
        page.navigate(new ShopVisit(stack.local().env(), stack.local().tokens()::userToken).link(email));
        assertThat(page.locator("#live")).hasText("live", SOON);
    }

    /** The same in another tab. */
    Customer inAnotherTab() {
        Customer same = new Customer(stack, context, context.newPage(), email);
        same.enter();
        return same;
    }

    void click(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** Puts something into the cart, which then comes to so much. */
    void add(String product, String total) {
        click("Add " + product);
        sees("#cart-total", total);
    }

    void payByCard() {
        page.locator("button.pay").click();
    }

    void has(String points) {
        assertThat(page.locator("#points")).hasText(points, SOON);
    }

    void sees(String where, String words) {
        assertThat(page.locator(where)).containsText(words, SOON_IN_IT);
    }

    void isTold(String words) {
        assertThat(page.getByRole(AriaRole.ALERT)).containsText(words, SOON_IN_IT);
    }

    /** The orders' states, the newest first. */
    void orders(String... states) {
        Locator shown = page.locator("#orders .status");
        assertThat(shown).hasCount(states.length, new HasCountOptions().setTimeout(PATIENCE_MS));
        for (int i = 0; i < states.length; i++) {
            assertThat(shown.nth(i)).hasText(states[i], SOON);
        }
    }

    int mapsLeft() {
        assertThat(map()).containsText(" left", SOON_IN_IT);
        return Integer.parseInt(map().innerText().replaceAll("(?s).*?(\\d+) left.*", "$1"));
    }

    void mapsLeft(int expected) {
        assertThat(map()).containsText(Pattern.compile("\\D" + expected + " left"), SOON_IN_IT);
    }

    private Locator map() {
        return page.locator("#products li", new Page.LocatorOptions().setHasText("Printed map"));
    }

    /** What the hosted page came back with. */
    String session() {
        return page.url().replaceAll(".*session_id=", "");
    }

    /** Everything has arrived, the books and the stock are right, and the buyer has these letters and no other. */
    void rests(String... letters) throws SQLException {
        Effects effects = new Effects(stack);
        stack.mailbox().awaitSubjects(email, letters);
        effects.verify();
        effects.awaitAnswer("0", LETTERS_ON_THEIR_WAY, email);
        stack.mailbox().awaitSubjects(email, letters);
    }

    void hasLetter(String subject, String... words) {
        stack.mailbox().only(email, subject, words);
    }

    void getsThePhotographByItsLink() {
        String letter = stack.mailbox().only(email, DOWNLOADS).text();
        String link = letter.replaceFirst("(?s).*Aerial photograph: (\\S+).*", "$1");
        APIResponse answer =
                context.request().get(link, RequestOptions.create().setMaxRedirects(0));
        Assertions.assertThat(answer.status()).as(link).isEqualTo(303);
        Assertions.assertThat(answer.headers().get("location")).startsWith("https://example.com/files/");
    }

    /** Something about the customer's orders. */
    String ask(String columns) throws SQLException {
        return new Effects(stack).ask("select " + columns + " from billing.orders where email = ?", email);
    }
}
