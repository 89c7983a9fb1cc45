// One sheet of paper: as long as it is too full, the longest list gives up its last line, and says how many it leaves out.
// What is kept is never left out: where one sheet has no room for it, the report takes as many as it needs.
(() => {
  const HEIGHT = 276.5; // of a sheet, in millimetres
  const MOST = 12; // sheets
  const sheet = document.querySelector(".r-sheet");
  const lists = [...document.querySelectorAll("ul[data-more]")];
  const whole = lists.map((list) => list.innerHTML);
  const lines = (list) => [...list.querySelectorAll("li:not(.r-more)")];
  const last = (list) => (lines(list).length > 1 ? lines(list).filter((one) => !("kept" in one.dataset)).pop() : undefined);
  const full = () => sheet.scrollHeight > sheet.clientHeight;
  const cut = () => {
    const left = new Map();
    while (full()) {
      const list = lists.filter(last).sort((a, b) => b.offsetHeight - a.offsetHeight)[0];
      if (!list) return;
      last(list).remove();
      left.set(list, (left.get(list) || 0) + 1);
      let more = list.querySelector(".r-more");
      if (!more) more = list.appendChild(Object.assign(document.createElement("li"), { className: "r-more r-unknown" }));
      more.textContent = list.dataset.more.replace("{n}", left.get(list));
    }
  };
  const fit = () => {
    for (let sheets = 1; sheets <= MOST; sheets += 1) {
      lists.forEach((list, n) => { list.innerHTML = whole[n]; });
      sheet.style.height = `${sheets * HEIGHT}mm`;
      sheet.classList.toggle("r-long", sheets > 1);
      cut();
      for (let size = 9; full() && size >= 8; size -= 0.25) document.documentElement.style.fontSize = `${size}pt`;
      if (!full()) return;
      document.documentElement.style.fontSize = "";
    }
  };
  // what the letters of the font take is known only when they are there
  for (const weight of [400, 600]) document.fonts.load(`${weight} 1em "IBM Plex Sans"`);
  fit();
  document.fonts.ready.then(fit);
})();
