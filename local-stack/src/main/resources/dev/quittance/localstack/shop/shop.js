// A customer's page over the services' HTTP interface. It keeps nothing but the token, for this tab.

const TOKEN = "quittance.token";
const RECONNECT_MS = 1000;

const element = id => document.getElementById(id);
const fragment = new URLSearchParams(location.hash.slice(1));
if (fragment.has("token")) {
  sessionStorage.setItem(TOKEN, fragment.get("token"));
  history.replaceState(null, "", location.pathname + location.search);
}
const token = sessionStorage.getItem(TOKEN);
const revisions = new Map();
const sequences = new Map();
let cart = [];
let cartsAsked = 0;
let returnsAsked = 0;
// The session of the page that the buyer comes back from, until it is known what became of it.
let awaited = new URLSearchParams(location.search).get("session_id");

function make(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function money(minor, currency) {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

function price(thing) {
  const parts = [];
  if (thing.priceMinor != null) parts.push(money(thing.priceMinor, thing.currency));
  if (thing.pricePoints != null) parts.push(thing.pricePoints + " points");
  return parts.join(" or ");
}

function say(text, isGood) {
  const notice = element("notice");
  notice.textContent = text;
  notice.className = isGood ? "good" : "";
  notice.hidden = false;
}

async function call(method, path, body, key) {
  const headers = { Authorization: "Bearer " + token };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw Object.assign(new Error(json.detail || json.title || "Answered " + answer.status), { problem: json });
  }
  return json;
}

// What a click does, once at a time, with its refusal shown.
function on(button, act) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    element("notice").hidden = true;
    try {
      await act();
    } catch (failure) {
      const code = failure.problem && failure.problem.code;
      say(code === "INSUFFICIENT_BALANCE" && failure.problem.balance !== undefined
        ? "Not enough points: you have " + failure.problem.balance + "."
        : failure.message, false);
    } finally {
      button.disabled = false;
    }
  });
}

// The key is made for each click: a browser that sends the same request again is answered the same.
async function pay(path, body) {
  const checkout = await call("POST", path, body, crypto.randomUUID());
  if (checkout.url) {
    location.assign(checkout.url);
    return;
  }
  say("Paid with points.", true);
  await showCart();
}

function offer(one) {
  const item = make("li");
  item.append(make("strong", one.name), make("span", money(one.priceMinor, one.currency), "soft"));
  const buy = make("button", "Buy " + one.name);
  on(buy, () => pay("/api/checkout/points", { packageId: one.id, points: one.amount, price: one.priceMinor }));
  item.append(buy);
  return item;
}

function product(one) {
  const item = make("li");
  item.append(make("strong", one.name), make("span", one.description, "soft"), make("span", price(one)));
  if (one.available != null) item.append(make("span", one.available + " left", "soft"));
  const add = make("button", "Add " + one.name);
  on(add, async () => {
    const lines = cart.map(line => ({ productId: line.productId, quantity: line.quantity }));
    const line = lines.find(each => each.productId === one.productId);
    if (line) line.quantity += 1;
    else lines.push({ productId: one.productId, quantity: 1 });
    await showCart(call("PUT", "/api/cart", { items: lines }));
  });
  item.append(add);
  return item;
}

function showLines(items) {
  cart = items;
  element("cart").replaceChildren(...items.map(line => {
    const row = make("tr");
    row.append(make("td", line.name), make("td", String(line.quantity)), make("td", price(line)));
    return row;
  }));
  const inMoney = items.length > 0 && items.every(line => line.priceMinor != null);
  const inPoints = items.length > 0 && items.every(line => line.pricePoints != null);
  const sum = unit => items.reduce((total, line) => total + line[unit] * line.quantity, 0);
  const totals = [];
  if (inMoney) totals.push(money(sum("priceMinor"), items[0].currency));
  if (inPoints) totals.push(sum("pricePoints") + " points");
  element("cart-total").textContent = items.length === 0 ? "The cart is empty." : "Together " + totals.join(" or ");
  element("pay-card").disabled = !inMoney;
  element("pay-points").disabled = !inPoints;
}

// The answer to the last question counts, in whichever order they come.
async function showCart(answer = call("GET", "/api/cart")) {
  const asked = ++cartsAsked;
  const items = (await answer).items;
  if (asked === cartsAsked) showLines(items);
}

async function showProducts() {
  const page = await call("GET", "/api/products?limit=100");
  element("products").replaceChildren(...page.products.map(product));
}

// States come in any order, and more than once: the higher count is the newer one.
function isNewer(seen, id, count) {
  if (seen.has(id) && seen.get(id) >= count) return false;
  seen.set(id, count);
  return true;
}

function showBalance(told) {
  const place = element(told.unit);
  if (place && isNewer(sequences, told.unit, told.seq)) place.textContent = String(told.balance);
}

function showOrder(told) {
  if (!isNewer(revisions, told.orderId, told.revision)) return;
  const id = "order-" + told.orderId;
  let item = element(id);
  if (!item) {
    item = make("li");
    item.id = id;
    item.append(make("span", "Order " + told.orderId.slice(0, 8)), make("span"));
    element("orders").prepend(item);
  }
  item.lastChild.textContent = told.status.replaceAll("_", " ");
  item.lastChild.className = "status " + told.status;
  showCart().catch(() => {});
  showProducts().catch(() => {});
  showReturn().catch(() => {});
}

function tell(name, json) {
  if (name === "balance") showBalance(json);
  if (name === "order") showOrder(json);
  if (name === "snapshot") json.states.forEach(each => tell(each.name, each.state));
}

// EventSource sends no Authorization, so the stream is read from fetch.
async function listen() {
  let last = null;
  for (;;) {
    try {
      const headers = { Authorization: "Bearer " + token, Accept: "text/event-stream" };
      if (last) headers["Last-Event-ID"] = last;
      const answer = await fetch("/api/stream", { headers });
      if (!answer.ok) throw new Error("answered " + answer.status);
      element("live").textContent = "live";
      element("live").className = "on";
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        rest += value;
        for (let end; (end = rest.indexOf("\n\n")) >= 0; rest = rest.slice(end + 2)) {
          const event = { data: [] };
          for (const line of rest.slice(0, end).split("\n")) {
            const colon = line.indexOf(":");
            const field = line.slice(0, colon);
            const content = line.slice(colon + 1).replace(/^ /, "");
            if (field === "data") event.data.push(content);
            else if (colon > 0) event[field] = content;
          }
          if (event.id) last = event.id;
          if (event.event && event.data.length) tell(event.event, JSON.parse(event.data.join("\n")));
        }
      }
    } catch (failure) {
      console.warn("stream", failure.message);
    }
    element("live").textContent = "connecting";
    element("live").className = "";
    await new Promise(resume => setTimeout(resume, RECONNECT_MS));
  }
}

// Who comes back from the page for paying is here before its event is: asked again when an order moves, until it is decided.
async function showReturn() {
  if (!awaited) return;
  const asked = ++returnsAsked;
  const state = (await call("GET", "/api/checkout/" + encodeURIComponent(awaited))).state;
  if (asked !== returnsAsked) return;
  if (state !== "open" && state !== "awaiting_payment") awaited = null;
  const texts = {
    open: "The page for paying is still open.",
    awaiting_payment: "Your bank has been asked; we tell you here when it has paid.",
    expired: "The page for paying has expired.",
    failed: "The payment failed.",
  };
  say(texts[state] || "Thank you. It is paid.", state === "paid" || state === "fulfilled" || state === "awaiting_payment");
}

async function start() {
  if (!token) {
    say("Nobody is signed in. ./quittance shop prints a link with which a sample customer is.", false);
    return;
  }
  on(element("pay-card"), () => pay("/api/checkout", { payment_method: "stripe" }));
  on(element("pay-points"), () => pay("/api/checkout", { payment_method: "points" }));
  on(element("empty-cart"), () => showCart(call("DELETE", "/api/cart")));
  // What is in the cart is known before anything can be added to it.
  await showCart();
  listen();
  const packages = await call("GET", "/api/products/packages");
  element("packages").replaceChildren(...packages.offers.map(offer));
  await Promise.all([showProducts(), showReturn()]);
}

start().catch(failure => say(failure.message, false));
