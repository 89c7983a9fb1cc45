// One sheet of paper: as long as it is too full, the longest list gives up its last line, and says how many it leaves out.
(() => {
  const sheet = document.querySelector(".r-sheet");
  const lists = [...document.querySelectorAll("ul[data-more]")];
  const lines = (list) => list.querySelectorAll("li:not(.r-more)");
  for (let tries = 0; sheet.scrollHeight > sheet.clientHeight && tries < 2000; tries += 1) {
    const list = lists.filter((one) => lines(one).length > 1).sort((a, b) => b.offsetHeight - a.offsetHeight)[0];
    if (!list) break;
    [...lines(list)].pop().remove();
    const left = Number(list.dataset.left || 0) + 1;
    list.dataset.left = left;
    let more = list.querySelector(".r-more");
    if (!more) more = list.appendChild(Object.assign(document.createElement("li"), { className: "r-more r-unknown" }));
    more.textContent = list.dataset.more.replace("{n}", left);
  }
  for (let size = 9; sheet.scrollHeight > sheet.clientHeight && size >= 6; size -= 0.25) document.documentElement.style.fontSize = `${size}pt`;
})();
