// The contents that came with the page make room as soon as Streamlit's own page is there.
(() => {
  const first = document.getElementById("a-first");
  const root = document.getElementById("root");
  const there = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]';
  root.inert = true;
  const look = new MutationObserver(() => {
    const app = root.querySelector(there);
    if (!app || !app.querySelector(".a-title h1, .v-slide, .a-fault")) return;
    look.disconnect();
    root.inert = false;
    const main = app.querySelector('[data-testid="stMain"]');
    if (main) main.scrollTop = first.scrollTop;
    const held = first.contains(document.activeElement);
    first.remove();
    if (held) app.querySelector("#a-contents")?.focus();
  });
  look.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state", "data-test-connection-state"] });
})();
