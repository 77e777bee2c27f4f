// Starts the program. A file of its own, because the page's policy allows no inline script.
// What follows a `?` in this file's own address is handed on, so that a new release is fetched anew.

// load: from here to its end `cargo xtask release` puts other lines into the page that holds everything itself.
const version = new URL(import.meta.url).search;
const textsOf = async (language) => {
  const response = await fetch(`./${language}.json${version}`, { signal: AbortSignal.timeout?.(15000) });
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.text();
};
// A module that could not be fetched is asked for by another address the next time: browsers remember that it failed.
const excel = async (tries) => {
  const again = tries > 1 ? `${version ? "&" : "?"}again=${tries}` : "";
  const program = await import(`./excel.js${version}${again}`);
  await program.default({ module_or_path: new URL(`./excel_bg.wasm${version}`, import.meta.url) });
};
// Both halves of the program, as `cargo xtask` made them: halves of two releases would spoil each other's memory.
const INTEGRITY = { program: "", apart: "" };
const half = async (name) => {
  const integrity = INTEGRITY[name];
  const file = name === "program" ? "ballpark_bg" : "ballpark_apart";
  const address = new URL(`./${file}.wasm${version}`, import.meta.url);
  const ask = (how) => fetch(address, { ...(integrity && { integrity }), ...how });
  // What is kept somewhere of another release is refused. The host itself may have the right one by now.
  const response = await ask().catch(() => ask({ cache: "reload" }));
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const type = "application/wasm";
  // Some hosts call it something else, and browsers insist.
  return response.headers.get("content-type") === type ? response : new Response(response.body, { headers: { "content-type": type } });
};
// The rest of the program, which the first screen does without, but where it shows what an earlier visit left.
let early;
try {
  const isOwn = (key) => key.startsWith("ballpark:workspace") || key.startsWith("ballpark:notebook");
  if (Object.keys(localStorage).some(isOwn)) early = half("apart");
  early?.catch(() => {});
} catch {
  // Storage is blocked.
}
globalThis.ballparkApart = () => {
  const first = early ?? half("apart");
  early = undefined;
  first.then(keep, keep);
  return first;
};
// Fetches the program, and starts it when its texts are there.
const load = async (texts) => {
  const fetched = half("program");
  fetched.catch(() => {});
  let program = await import(`./ballpark.js${version}`);
  if (program.madeFor !== INTEGRITY.program) program = await import(`./ballpark.js${version}${version ? "&" : "?"}again=1`);
  if (program.madeFor !== INTEGRITY.program) throw new Error("ballpark.js is another release's");
  await texts;
  await program.default({ module_or_path: fetched });
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
let worker;
try {
  if (version && location.protocol.startsWith("http")) worker = navigator.serviceWorker;
} catch {
  // A frame that may keep nothing.
}
const wasOld = Boolean(worker?.controller);
worker?.addEventListener("controllerchange", () => {
  // This page goes on as it is; the next time it is opened it is the new one. It may still be loading: hence the mark.
  if (!wasOld) return;
  document.documentElement.dataset.update = "ready";
  dispatchEvent(new Event("ballpark-update"));
});
// What opens Excel workbooks is loaded when the first one comes.
let opener;
let tries = 0;
globalThis.ballparkSheets = async (bytes) => {
  opener ??= excel(++tries);
  try {
    await opener;
  } catch (error) {
    // The next one may have more luck.
    opener = undefined;
    throw error;
  }
  try {
    return globalThis.ballparkWorkbook(bytes);
  } catch (why) {
    // A sentence says what is wrong with the workbook; anything else is the end of what opens it.
    throw typeof why === "string" ? why : "it is too large, or damaged";
  }
};
let ofPage = {};
const inWords = (english) => ofPage[english] ?? english;
try {
  await load(speak());
} catch (error) {
  console.error(error);
  if (says) {
    says.textContent = inWords(
      typeof WebAssembly === "undefined"
        ? "Ballpark computes everything in your browser with WebAssembly, which this browser does not have or does not allow."
        : "Ballpark could not be loaded. Is the connection up? Reload the page to try again.",
    );
  }
}

// The language that was chosen, or else the browser's. The program finds its texts in the page.
async function speak() {
  const spoken = ["en", "de"];
  let language = navigator.languages?.map((tag) => tag.slice(0, 2)).find((code) => spoken.includes(code));
  try {
    const chosen = JSON.parse(localStorage.getItem("ballpark:language"));
    if (spoken.includes(chosen)) language = chosen;
  } catch {
    // As with the theme.
  }
  if (!language || language === "en") return;
  try {
    const texts = await textsOf(language);
    ofPage = JSON.parse(texts)["index.html"] ?? {};
    for (const element of document.querySelectorAll("[data-says]")) {
      element.textContent = inWords(element.textContent);
    }
    const holder = document.createElement("script");
    holder.type = "application/json";
    holder.id = "texts";
    holder.textContent = texts;
    document.head.append(holder);
    document.documentElement.lang = language;
  } catch (error) {
    // Without its texts it is English.
    console.warn(error);
  }
}

// After both halves of the program, whose loading it would slow down; some time at any rate.
function keep() {
  worker?.register("./sw.js").catch((error) => console.warn("not kept for use without a network:", error));
  worker = undefined;
}
setTimeout(keep, 60000);
