// The contents that came with the page make room as soon as Streamlit's own page is complete.
(() => {
  // milliseconds without any change in the document, after Streamlit's program started
  const PATIENCE = 8000;
  const first = document.getElementById("a-first");
  const root = document.getElementById("root");
  const complete =
    '[data-testid="stApp"][data-test-script-state="notRunning"]' +
    '[data-test-connection-state="CONNECTED"]';
  let waiting;
  root.inert = true; // nobody can press what is covered

  // Streamlit's page is shown as it is. The contents stay in the document until it is complete.
  const lift = () => {
    root.inert = false;
    if (root.innerText.trim()) first.hidden = true;
  };
  const done = (app) => {
    look.disconnect();
    clearTimeout(waiting);
    window.removeEventListener("error", lift);
    root.inert = false;
    const main = app.querySelector('[data-testid="stMain"]');
    if (main) main.scrollTop = first.scrollTop;
    const held = first.contains(document.activeElement);
    first.remove();
    if (held) app.querySelector("#a-contents")?.focus();
  };
  const look = new MutationObserver((changes) => {
    const app = root.querySelector(complete);
    if (app?.querySelector(".a-title h1, .v-slide, .a-fault")) return done(app);
    // The tick that looks for a newer workbook changes the state every two seconds.
    if (changes.every((change) => change.type === "attributes")) return;
    clearTimeout(waiting);
    waiting = setTimeout(lift, PATIENCE);
  });
  const states = ["data-test-script-state", "data-test-connection-state"];
  const content = { childList: true, subtree: true, characterData: true };
  look.observe(root, { ...content, attributes: true, attributeFilter: states });
  window.addEventListener("error", lift); // an exception that nobody caught
})();
