// Gives a page that was opened before when there is no network: that page and its static files,
// nothing else. Each page registers it for its own address; the page puts the copies in the cache
// and drafts.js takes them out at sign-out (docs/decisions/0085).
const PAGES = "mtvp-draft-pages";
const PATIENCE = 4_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const isStatic = address.pathname.startsWith("/static/");
  if (request.mode === "navigate" || isStatic) event.respondWith(answer(request, address, isStatic));
});

async function answer(request, address, isStatic) {
  const kept = await caches.open(PAGES);
  const copy = await kept.match(isStatic ? request : address.pathname, { ignoreVary: true });
  const fresh = fetch(request).then(async (response) => {
    if (copy && response.ok) await kept.put(isStatic ? request : address.pathname, response.clone());
    return response;
  });
  if (!copy) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, copy));
  return Promise.race([fresh.catch(() => copy), late]);
}
