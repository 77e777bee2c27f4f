// Starts the program. A file of its own, because the page's policy allows no inline script.
// What follows a `?` in this file's own address is handed on, so that a new release is fetched anew.

const says = document.getElementById("boot-says");
try {
  // Before the first paint, so that a chosen theme does not flash.
  const theme = JSON.parse(localStorage.getItem("ballpark:theme"));
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked, or holds something else: the system's theme it is.
}
try {
  const version = new URL(import.meta.url).search;
  const program = await import(`./ballpark.js${version}`);
  await program.default({ module_or_path: new URL(`./ballpark_bg.wasm${version}`, import.meta.url) });
} catch (error) {
  console.error(error);
  if (says) {
    says.textContent =
      typeof WebAssembly === "undefined"
        ? "Ballpark computes everything in your browser with WebAssembly, which this browser does not have or does not allow."
        : "Ballpark could not be loaded. Is the connection up? Reload the page to try again.";
  }
}
