// The page as it was before anything was shown in it, for saving it again with data in it.
globalThis.ballparkPage = `<!doctype html>\n${document.documentElement.outerHTML}\n`;
const version = "";
const textsOf = async (language) => document.getElementById(`ballpark-${language}`).textContent;
const load = async () => {
  const text = document.getElementById("ballpark-program").textContent;
  const packed = Uint8Array.from(atob(text.trim()), (c) => c.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  await __wbg_init({ module_or_path: await new Response(unpacked).arrayBuffer() });
};
