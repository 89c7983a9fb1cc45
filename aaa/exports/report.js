// One sheet of paper: as long as it is too full, a list or a table gives up its last row, and says how many it leaves out. What weighs least
// gives first, the longest before the others; each keeps three lines for as long as that is possible.
// What is kept is never left out: where one sheet has no room for it, the report takes as many as it needs.
(() => {
  const HEIGHT = 276.5; // of a sheet, in millimetres
  const MOST = 12; // sheets
  const LEAST = 3; // lines of a list
  const TALLEST = 80; // pixels of a line
  const sheet = document.querySelector(".r-sheet");
  const lists = [...document.querySelectorAll("[data-more]")];
  const whole = lists.map((list) => list.innerHTML);
  const lines = (list) => [...list.children].filter((one) => !one.classList.contains("r-more"));
  const loose = (list, least) => (lines(list).length > least ? lines(list).filter((one) => !("kept" in one.dataset)) : []);
  const lightest = (a, b) => a.dataset.weight - b.dataset.weight || b.offsetHeight - a.offsetHeight;
  const over = () => sheet.scrollHeight - sheet.clientHeight;
  const full = () => over() > 0;
  // Says how many rows a list leaves out; nothing where none.
  const count = (list, many) => {
    let more = list.querySelector(".r-more");
    if (!many) {
      more?.remove();
      return;
    }
    if (!more) {
      const row = list.matches("tbody");
      more = list.appendChild(Object.assign(document.createElement(row ? "tr" : "li"), { className: "r-more r-unknown" }));
      if (row) more.appendChild(document.createElement("td")).colSpan = 9;
    }
    (more.firstElementChild || more).textContent = list.dataset.more.replace("{n}", many);
  };
  const cut = () => {
    const gone = new Map(lists.map((list) => [list, []]));
    lists.forEach((list) => lines(list).forEach((one, place) => { one.dataset.place = place; }));
    let least = LEAST;
    while (full()) {
      const list = lists.filter((one) => loose(one, least).length).sort(lightest)[0];
      if (!list && least === 1) return;
      if (!list) { least = 1; continue; }
      // of a long list that is far too long many at once, but no more than certainly must go
      const there = loose(list, least);
      const many = Math.max(1, Math.min(Math.floor(over() / TALLEST), Math.floor(there.length / 4)));
      const last = there.slice(-many);
      last.forEach((one) => one.remove());
      gone.set(list, [...last, ...gone.get(list)]);
      count(list, gone.get(list).length);
    }
    // what fits after all comes back, what weighs most first
    for (const list of [...lists].sort((a, b) => b.dataset.weight - a.dataset.weight)) {
      for (const one of gone.get(list).slice()) {
        const next = lines(list).find((other) => Number(other.dataset.place) > Number(one.dataset.place));
        list.insertBefore(one, next || list.querySelector(".r-more"));
        count(list, gone.get(list).length - 1);
        if (full()) {
          one.remove();
          count(list, gone.get(list).length);
          break;
        }
        gone.get(list).shift();
      }
    }
  };
  const fit = () => {
    for (let sheets = 1; sheets <= MOST; sheets += 1) {
      lists.forEach((list, n) => { list.innerHTML = whole[n]; });
      sheet.style.height = `${sheets * HEIGHT}mm`;
      sheet.classList.toggle("r-long", sheets > 1);
      cut();
      for (let size = 8.6; full() && size >= 8; size -= 0.2) document.documentElement.style.fontSize = `${size}pt`;
      if (!full()) return;
      document.documentElement.style.fontSize = "";
    }
  };
  // what the letters of the font take is known only when they are there
  for (const weight of [400, 600]) document.fonts.load(`${weight} 1em "IBM Plex Sans"`);
  fit();
  document.fonts.ready.then(fit);
})();
