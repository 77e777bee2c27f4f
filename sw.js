// Keeps a release for use without a network, whole: its files are fetched together, each held against its checksum,
// and a page is answered from one release only. `cargo xtask release` fills in the two constants.
const VERSION = "";
const FILES = {};

const BASE = new URL("./", self.location).href;
const PREFIX = `ballpark ${new URL(BASE).pathname} `;
const NAME = PREFIX + VERSION;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (VERSION && method === "GET" && url.startsWith(BASE)) event.respondWith(answer(event.request));
});

async function install() {
  const cache = await caches.open(NAME);
  await Promise.all(
    Object.entries(FILES).map(async ([name, integrity]) => {
      const address = new URL(name, BASE).href;
      const options = { cache: "reload", credentials: "same-origin", ...(integrity && { integrity }) };
      const response = await fetch(address, options);
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      // The page is no checked file: a host may add to it. But it must be this release's.
      if (!integrity && !(await response.clone().text()).includes(VERSION)) throw new Error(`${address} is another release's`);
      // As a new one: what was redirected must not answer a navigation.
      const { status, headers } = response;
      await cache.put(address, new Response(await response.blob(), { status, headers }));
    }),
  ).catch(async (error) => {
    // Half a release is none.
    await caches.delete(NAME);
    throw error;
  });
  // Pages that are open have loaded all they need but, for a moment, the rest of the program, and what opens workbooks.
  // Both are in the release before, which stays; what another release has instead is refused. So nothing waits for pages
  // to close.
  await self.skipWaiting();
}

async function activate() {
  const releases = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  // The one before stays: a page of it may be loading right now.
  await Promise.all(releases.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  const page = new URL(request.url);
  page.hash = "";
  if (request.mode === "navigate" && (page.href === BASE || page.href === `${BASE}index.html`)) {
    const kept = await (await caches.open(NAME)).match(BASE, { ignoreVary: true });
    return kept ?? fetch(request);
  }
  const releases = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  for (const name of releases.reverse()) {
    const kept = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (kept) return kept;
  }
  // What lies beside the page, as a team's data, is asked for each time and kept nowhere.
  return fetch(request);
}
