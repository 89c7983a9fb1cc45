// HTML of the project's own, in which pressing a name changes the address or opens another page; see clickable.py.

const address = () => {
  const here = new URL(window.location.href);
  here.searchParams.delete("embed");
  here.searchParams.delete("embed_options");
  return here;
};

// What a button copies: its own words, or what stands in the browser's address at that moment.
const words = {
  page: () => address().href,
  embed: (button) => {
    const here = address();
    here.searchParams.set("embed", "true");
    const title = document.title.replaceAll('"', "&quot;");
    const style = "border: 0; width: 100%; height: 48rem";
    return button.dataset.snippet.replace("{address}", here.href.replaceAll("&", "&amp;")).replace("{title}", title).replace("{style}", style);
  },
};

// A calendar's own address, for a program that subscribes to it.
const calendar = (path, scheme) => {
  const found = new URL(path, window.location.href);
  return scheme ? found.href.replace(/^https?:/, scheme) : found.href;
};

const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Outside https a browser has no clipboard for pages: the old way works there.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
};

const copy = async (button) => {
  const kind = button.dataset.copy;
  const text = words[kind] ? words[kind](button) : button.dataset.calendar ? calendar(button.dataset.calendar, "") : kind;
  await copied(text);
  const said = button.parentElement.querySelector("[role=status]");
  if (said) said.textContent = button.dataset.done;
};

// A part that a button opens and closes; Esc closes it too, and gives the focus back.
const toggle = (root, button, open) => {
  for (const other of root.querySelectorAll("[data-opens][aria-expanded=true]")) other.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-expanded", String(open));
};

// A program that another page needs, for a browser that has nothing else to do.
const fetchAhead = (path) => {
  const connection = navigator.connection;
  if (connection?.saveData || ["cellular", "bluetooth", "wimax"].includes(connection?.type)) return;
  if (["slow-2g", "2g"].includes(connection?.effectiveType)) return;
  if (document.querySelector(`link[rel=prefetch][href="${path}"]`)) return;
  const ask = () => document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", as: "script", href: path }));
  if (window.requestIdleCallback) requestIdleCallback(ask);
  else setTimeout(ask, 3000);
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".a-clickable");
  if (root.dataset.shown !== data.html) {
    const held = root.contains(document.activeElement) ? { ...document.activeElement.dataset } : {};
    const ticked = new Set([...root.querySelectorAll("input:checked")].map((box) => box.value));
    root.innerHTML = data.html;
    root.dataset.shown = data.html;
    // What was ticked stays ticked, as long as it is there.
    for (const box of root.querySelectorAll("input[type=checkbox]")) box.checked = ticked.has(box.value);
    // What had the focus keeps it: the same thing in the new HTML.
    const same = Object.entries(held).find(([name]) => ["go", "choose", "opens", "copy"].includes(name));
    if (same) root.querySelector(`[data-${same[0]}="${CSS.escape(same[1])}"]`)?.focus();
    for (const link of root.querySelectorAll("a[data-subscribe]")) link.href = calendar(link.dataset.subscribe, "webcal:");
  }
  document.documentElement.lang = data.lang;
  if (data.ahead) fetchAhead(data.ahead);
  root.onclick = (event) => {
    const pressed = event.target.closest("[data-choose], [data-go], [data-copy], [data-opens]");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (pressed.dataset.copy) copy(pressed);
    else if (pressed.dataset.opens) toggle(root, pressed, pressed.getAttribute("aria-expanded") !== "true");
    else {
      event.preventDefault();
      for (const button of root.querySelectorAll("[data-opens]")) button.setAttribute("aria-expanded", "false");
      if (pressed.dataset.go) setTriggerValue("gone", pressed.dataset.go);
      else setTriggerValue("chosen", pressed.dataset.choose);
    }
  };
  // Wherever the focus is: a popover of Streamlit that just closed may have taken it.
  document.removeEventListener("keydown", root.onEscape);
  root.onEscape = (event) => {
    const open = root.querySelector("[data-opens][aria-expanded=true]");
    if (event.key !== "Escape" || !open) return;
    toggle(root, open, false);
    open.focus();
  };
  document.addEventListener("keydown", root.onEscape);
  return () => document.removeEventListener("keydown", root.onEscape);
}
