// The menu of a phone, the search field and the copy's place in another site. Without script every page can be read all the same.
(() => {
  const html = document.documentElement;
  html.classList.add("w-script");
  const embedded = new URLSearchParams(window.location.search).get("embed") === "true" || window.self !== window.top;
  html.classList.toggle("w-embedded", embedded);

  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  const found = (words) =>
    (window.aaaSearch || []).filter(([kind, name, , more]) => {
      const all = plain(`${name} ${kind} ${more}`);
      return words.every((word) => all.includes(word));
    });

  const order = (words) => (one, other) => {
    const named = ([, name]) => words.filter((word) => plain(name).includes(word)).length;
    return named(other) - named(one);
  };

  const item = (top, [kind, name, where]) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = top + where;
    link.textContent = name;
    const small = document.createElement("small");
    small.textContent = kind;
    line.append(link, small);
    return line;
  };

  const searching = (form) => {
    const field = form.querySelector("input");
    const list = form.querySelector("ul");
    const said = form.querySelector("[role=status]");
    form.hidden = false;
    const show = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      const all = words.length ? found(words).sort(order(words)) : [];
      list.replaceChildren(...all.slice(0, 12).map((line) => item(form.dataset.top, line)));
      list.hidden = !all.length;
      said.textContent = words.length && window.aaaSearch ? (all.length ? form.dataset.found.replace("{n}", all.length) : form.dataset.nothing) : "";
    };
    let asked = false;
    const load = () => {
      if (asked) return;
      asked = true;
      const script = document.createElement("script");
      script.src = form.dataset.index;
      script.onload = show;
      document.head.append(script);
    };
    field.addEventListener("focus", load);
    field.addEventListener("input", () => { load(); show(); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = list.querySelector("a");
      if (first) first.click();
    });
    form.addEventListener("keydown", (event) => {
      const links = [field, ...list.querySelectorAll("a")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        links[Math.min(Math.max(links.indexOf(document.activeElement) + step, 0), links.length - 1)].focus();
      } else if (event.key === "Escape") {
        field.value = "";
        show();
        field.focus();
      }
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-opens]")) {
      button.addEventListener("click", () => button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true")));
      button.addEventListener("keydown", (event) => { if (event.key === "Escape") button.setAttribute("aria-expanded", "false"); });
    }
    for (const form of document.querySelectorAll("form.w-search")) searching(form);
    for (const link of document.querySelectorAll("a[data-whole]")) link.href = window.location.href.split("?")[0];
  });
})();
