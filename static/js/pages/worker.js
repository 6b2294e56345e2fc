/**
 * The service worker, where the browser allows one (https, or this very machine): scripts are kept, and who opens a page
 * without a line is told so in our words.  Nothing of a person is kept: no page but the one for "no line", no answer.
 */
const scope = /** @type {any} */ (self);
const KEPT = `kept-${new URL(scope.location.href).searchParams.get("v")}`;
const NO_LINE = "/offline";

scope.addEventListener("install", (/** @type {any} */ event) => {
  const { html, policy } = scope.offline; // the server has put it before this script
  const page = new Response(html,
    { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy } });
  event.waitUntil(caches.open(KEPT).then((kept) => kept.put(NO_LINE, page)).then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))))
    .then(() => scope.clients.claim()));
});

scope.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== scope.location.origin) return;
  if (pathname.startsWith("/a/")) event.respondWith(script(request));
  else if (request.mode === "navigate")
    event.respondWith(fetch(request).catch(async () => (await caches.match(NO_LINE)) ?? Response.error()));
});

/** A built file: its address changes with its content.  @param {Request} request */
async function script(request) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await kept.put(request, answer.clone());
  return answer;
}
