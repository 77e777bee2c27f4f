// The page as it was before anything was shown in it, for saving it again with data in it.
globalThis.ballparkPage = `<!doctype html>\n${document.documentElement.outerHTML}\n`;
const version = "";
const textsOf = async (language) => document.getElementById(`ballpark-${language}`).textContent;
const unpacked = async (id) => {
  const text = document.getElementById(id).textContent;
  const packed = Uint8Array.from(atob(text.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
};
const excel = async () => wasm_bindgen({ module_or_path: await unpacked("ballpark-excel") });
globalThis.ballparkApart = async () =>
  new Response(await unpacked("ballpark-apart"), { headers: { "content-type": "application/wasm" } });
const load = async (texts) => {
  await texts;
  await __wbg_init({ module_or_path: await unpacked("ballpark-program") });
};
