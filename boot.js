// Starts the program. A file of its own, because the page's policy allows no inline script.
// What follows a `?` in this file's own address is handed on, so that a new release is fetched anew.

// load: from here to its end `cargo xtask release` puts other lines into the page that holds everything itself.
const version = new URL(import.meta.url).search;
const load = async () => {
  const program = await import(`./ballpark.js${version}`);
  await program.default({ module_or_path: new URL(`./ballpark_bg.wasm${version}`, import.meta.url) });
};
// load: its end.

const says = document.getElementById("boot-says");
try {
  // Before the first paint, so that a chosen theme does not flash.
  const theme = JSON.parse(localStorage.getItem("ballpark:theme"));
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked, or holds something else: the system's theme it is.
}
// A release is kept for days without a network. While it is being built, what is kept would be in the way.
const worker = version && location.protocol.startsWith("http") ? navigator.serviceWorker : undefined;
const wasOld = Boolean(worker?.controller);
worker?.addEventListener("controllerchange", () => {
  // This page goes on as it is; the next time it is opened it is the new one. It may still be loading: hence the mark.
  if (!wasOld) return;
  document.documentElement.dataset.update = "ready";
  dispatchEvent(new Event("ballpark-update"));
});
try {
  await load();
} catch (error) {
  console.error(error);
  if (says) {
    says.textContent =
      typeof WebAssembly === "undefined"
        ? "Ballpark computes everything in your browser with WebAssembly, which this browser does not have or does not allow."
        : "Ballpark could not be loaded. Is the connection up? Reload the page to try again.";
  }
}
// After the program, whose loading it would slow down.
worker?.register("./sw.js").catch((error) => console.warn("not kept for use without a network:", error));
