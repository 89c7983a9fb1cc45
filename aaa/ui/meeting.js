// The meeting on screen: shows one slide at a time, by keys, clicks or the clock, and keeps what is noted in this browser.
// Slides, words and settings come as data; what is noted goes back as state, and leaving as a trigger.

const KEPT_AT_MOST = 200;
const JUMP_WAITS = 1200; // milliseconds after the last digit
const ZOOMS = [1.4, 1.3, 1.2, 1.1];
const NARROW = 760; // pixels, as in slides.css
const SWIPE = 60; // pixels from which a finger that slides sideways changes the slide

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".v-root");
  document.documentElement.lang = data.lang;
  if (!root.meeting) root.meeting = new Meeting(root, setStateValue, setTriggerValue);
  root.meeting.take(data);
  return () => root.meeting && root.meeting.end();
}

class Meeting {
  constructor(root, setStateValue, setTriggerValue) {
    Object.assign(this, { root, setStateValue, setTriggerValue, at: null, typed: "", advancing: false });
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey, true);
    // The slide has another size, or letters of a font arrived that a slide is the first to need.
    this.onSize = () => this.data && this.enlarge([...this.root.querySelectorAll(".v-slide")][this.at]);
    this.sizes = new ResizeObserver(this.onSize);
    document.fonts.addEventListener("loadingdone", this.onSize);
    this.ticking = setInterval(() => this.tick(), 1000);
  }

  take(data) {
    const same = this.data && JSON.stringify(this.data) === JSON.stringify(data);
    const first = !this.data;
    if (same) return;
    this.data = data;
    if (first) {
      this.build();
      this.at = data.start;
      this.advancing = data.seconds > 0;
      this.notes = this.load();
      this.send();
    }
    this.root.querySelector(".v-slides-here").innerHTML = data.slides.map((html) => `<section class="v-slide" hidden>${html}</section>`).join("");
    this.root.querySelector(".v-facts").innerHTML = data.facts;
    this.show(Math.min(this.at, data.slides.length - 1));
    if (first) this.stage.focus({ preventScroll: true });
  }

  build() {
    const w = this.data.words;
    this.root.innerHTML = `
      <div class="v-stage" tabindex="-1" role="region" aria-label="${w.name}">
        <div class="v-slides-here" style="flex:1;min-height:0;display:flex;flex-direction:column"></div>
        <div class="v-said" aria-live="polite"></div>
        <div class="v-foot"><span class="v-facts"></span><span class="v-side"><span class="v-auto" role="status"></span><span class="v-clock"></span>
          <span class="v-number"></span>
          <button type="button" data-do="back" aria-label="${w.back}">‹</button><button type="button" data-do="next" aria-label="${w.next}">›</button>
          <button type="button" data-do="note">${w.note_short}<span class="v-count"></span></button>
          <button type="button" data-do="help" aria-label="${w.help}">?</button>
          <button type="button" data-do="leave" aria-label="${w.leave}" title="${w.leave}">×</button></span></div>
      </div>
      <dialog class="v-over v-help" aria-label="${w.help}"><h2>${w.help}</h2><dl>${w.keys.map(([k, what]) => `<dt>${k}</dt><dd>${what}</dd>`).join("")}</dl>
        <button type="button" data-do="close">${w.close}</button></dialog>
      <dialog class="v-over v-noting" aria-label="${w.note}"><h2>${w.note}</h2><form method="dialog"><div class="v-fields">
        <label>${w.kind}<select name="kind">${w.kinds.map((k) => `<option>${k}</option>`).join("")}</select></label>
        <label>${w.meeting}<input name="meeting" maxlength="120" autocomplete="off"></label>
        <label>${w.owner}<input name="owner" maxlength="120" autocomplete="off"></label>
        <label>${w.due}<input name="due" type="date"></label>
        <label class="v-wide">${w.text}<textarea name="text" rows="3" maxlength="1000"></textarea></label></div>
        <div class="v-actions"><button type="submit" class="v-main">${w.add}</button><span class="v-done" role="status"></span></div></form>
        <h2>${w.noted}</h2><p class="v-remark v-why">${w.why}</p><ul class="v-notes"></ul>
        <div class="v-actions"><button type="button" data-do="copy">${w.copy}</button><button type="button" data-do="file">${w.file}</button>
        <button type="button" data-do="clear">${w.clear}</button><button type="button" data-do="close">${w.close}</button></div></dialog>`;
    this.stage = this.root.querySelector(".v-stage");
    this.help = this.root.querySelector(".v-help");
    this.noting = this.root.querySelector(".v-noting");
    this.form = this.noting.querySelector("form");
    this.noting.onclose = () => {
      this.root.classList.remove("v-beside");
      this.stage.focus({ preventScroll: true });
    };
    this.root.onclick = (event) => {
      const pressed = event.target.closest("[data-do], [data-drop]");
      if (pressed) this.do(pressed.dataset.do || "drop", pressed);
    };
    this.stage.ontouchstart = (event) => (this.touched = event.touches.length === 1 ? event.touches[0] : null);
    this.stage.ontouchend = (event) => this.swipe(event.changedTouches[0]);
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.add();
    };
    this.form.oninput = () => this.keep("draft", Object.fromEntries(new FormData(this.form)));
    this.sizes.observe(this.root.querySelector(".v-slides-here"));
    this.tick();
  }

  // --- slides ---------------------------------------------------------------------------------------------------------------------------

  show(at) {
    const slides = [...this.root.querySelectorAll(".v-slide")];
    this.at = Math.max(0, Math.min(at, slides.length - 1));
    slides.forEach((slide, place) => (slide.hidden = place !== this.at));
    const number = `${this.at + 1}/${slides.length}`;
    this.root.querySelector(".v-number").textContent = number;
    this.root.querySelector(".v-said").textContent = `${number} ${slides[this.at].querySelector("h1").textContent}`;
    this.since = Date.now();
    this.enlarge(slides[this.at]);
    const url = new URL(window.location.href);
    if (url.searchParams.get("dia") !== `${this.at + 1}`) {
      url.searchParams.set("dia", this.at + 1);
      window.history.replaceState(window.history.state, "", url);
    }
  }

  // A slide with room to spare is shown larger, so that it is read from farther away.
  enlarge(slide) {
    const body = slide.querySelector(".v-body"), inside = body.querySelector(".v-fit");
    const low = () => inside.getBoundingClientRect().bottom <= body.getBoundingClientRect().bottom + 0.5;
    const wide = () => inside.scrollWidth <= inside.clientWidth + 1;
    for (const zoom of window.innerWidth > NARROW ? ZOOMS : []) {
      inside.style.zoom = zoom;
      if (low() && wide()) return;
    }
    inside.style.zoom = 1;
  }

  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.noting.open) return this.noting.close();
    const over = this.root.querySelector("dialog:modal");
    if (over || event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.target.closest("button, a") && [" ", "Enter"].includes(event.key)) return;
    const blank = document.querySelector(".v-blank");
    if (blank) {
      blank.remove();
      event.preventDefault();
      return;
    }
    if (/^\d$/.test(event.key)) return this.digit(event);
    if (event.key === "Enter" && this.typed) return this.jump();
    const what = {
      ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", ArrowLeft: "back", ArrowUp: "back", PageUp: "back",
      Home: "first", End: "last", Escape: "leave", "?": "help", n: "note", f: "full", a: "auto", b: "blank", ".": "blank",
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!what) return;
    event.preventDefault();
    event.stopPropagation();
    this.do(what);
  }

  do(what, pressed) {
    const last = this.data.slides.length - 1;
    switch (what) {
      case "next": return this.at === last && this.notes.length && !this.offered ? this.offer() : this.show(this.at + 1);
      case "back": return this.show(this.at - 1);
      case "first": return this.show(0);
      case "last": return this.show(last);
      case "help": return this.help.showModal();
      case "note": return this.open();
      case "close": return pressed.closest("dialog").close();
      case "full": return document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {});
      case "auto": this.advancing = !this.advancing; this.since = Date.now(); return this.tick();
      case "blank": return document.body.appendChild(Object.assign(document.createElement("div"), { className: "v-blank", onclick() { this.remove(); } }));
      case "copy": return this.copy();
      case "file": return this.notes.length && document.querySelector(".st-key-take_notes button")?.click();
      case "clear": if (window.confirm(this.data.words.sure)) this.change([]); return undefined;
      case "drop": return this.change(this.notes.filter((_, place) => place !== Number(pressed.dataset.drop)));
      case "leave":
        if (document.fullscreenElement) document.exitFullscreen();
        return this.setTriggerValue("left", true);
    }
  }

  swipe(left) {
    const across = this.touched ? left.clientX - this.touched.clientX : 0;
    const down = this.touched ? left.clientY - this.touched.clientY : 0;
    this.touched = null;
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) this.do(across < 0 ? "next" : "back");
  }

  digit(event) {
    event.preventDefault();
    this.typed = (this.typed + event.key).slice(-3);
    let shown = document.querySelector(".v-jump");
    if (!shown) shown = this.root.appendChild(Object.assign(document.createElement("div"), { className: "v-jump" }));
    shown.textContent = this.typed;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.jump(), JUMP_WAITS);
  }

  jump() {
    clearTimeout(this.waiting);
    document.querySelector(".v-jump")?.remove();
    const asked = Number(this.typed);
    this.typed = "";
    if (asked) this.show(asked - 1);
  }

  tick() {
    if (!this.data) return;
    const now = new Date();
    this.root.querySelector(".v-clock").textContent = now.toLocaleTimeString(this.data.lang === "en" ? "en-GB" : this.data.lang, { hour: "2-digit", minute: "2-digit" });
    const seconds = this.data.seconds || this.data.usual_seconds;
    this.root.querySelector(".v-auto").textContent = this.advancing ? this.data.words.advancing.replace("{seconds}", seconds) : "";
    const busy = this.root.querySelector("dialog[open]") || document.querySelector(".v-blank");
    if (this.advancing && !busy && Date.now() - this.since >= seconds * 1000) this.show(this.at === this.data.slides.length - 1 ? 0 : this.at + 1);
  }

  // --- what is noted --------------------------------------------------------------------------------------------------------------------

  get place() { return `aaa-${this.data.book}`; }

  keep(what, value) {
    try { window.localStorage.setItem(`${this.place}-${what}`, JSON.stringify(value)); } catch { /* a browser that keeps nothing */ }
  }

  load(what = "notes", usual = []) {
    try { return JSON.parse(window.localStorage.getItem(`${this.place}-${what}`)) || usual; } catch { return usual; }
  }

  open() {
    if (this.noting.open) return this.form.elements.text.focus();
    this.list();
    this.say("");
    const draft = { meeting: this.data.meeting, ...this.load("draft", {}) };
    for (const [name, value] of Object.entries(draft)) if (this.form.elements[name]) this.form.elements[name].value = value;
    // beside the slide that is decided on; over it where there is no room beside it
    if (window.innerWidth <= NARROW) this.noting.showModal();
    else this.noting.show();
    this.root.classList.add("v-beside");
    this.form.elements.text.focus();
  }

  offer() {
    this.offered = true;
    this.open();
  }

  add() {
    const typed = Object.fromEntries(new FormData(this.form));
    if (!typed.text.trim() || this.notes.length >= KEPT_AT_MOST) {
      this.say(typed.text.trim() ? this.data.words.full : this.data.words.no_text);
      return this.form.elements.text.focus();
    }
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    const kind = this.data.dutch_kinds[this.form.elements.kind.selectedIndex];
    this.change([...this.notes, { date: today, kind, text: typed.text.trim(), owner: typed.owner.trim(), due: typed.due, meeting: typed.meeting.trim() }]);
    this.form.elements.text.value = this.form.elements.owner.value = this.form.elements.due.value = "";
    this.keep("draft", { meeting: typed.meeting });
    this.say(this.data.words.added);
    this.form.elements.text.focus();
    return undefined;
  }

  change(notes) {
    this.notes = notes;
    this.offered = false;
    this.keep("notes", notes);
    this.list();
    this.send();
  }

  send() {
    this.root.querySelector(".v-count").textContent = this.notes.length ? ` (${this.notes.length})` : "";
    this.setStateValue("notes", this.notes);
  }

  list() {
    const list = this.noting.querySelector(".v-notes");
    list.replaceChildren(...this.notes.map((note, place) => {
      const item = document.createElement("li");
      const words = document.createElement("span");
      const shown = this.data.words.kinds[this.data.dutch_kinds.indexOf(note.kind)] || note.kind;
      words.textContent = [`${shown}: ${note.text}`, note.owner, note.due && new Date(`${note.due}T12:00`).toLocaleDateString(this.data.lang === "en" ? "en-GB" : this.data.lang)].filter(Boolean).join(" · ");
      const drop = Object.assign(document.createElement("button"), { type: "button", textContent: this.data.words.drop });
      drop.dataset.drop = place;
      item.append(words, drop);
      return item;
    }));
    this.noting.querySelector(".v-why").hidden = this.notes.length > 0;
    for (const what of ["copy", "file", "clear"]) this.noting.querySelector(`[data-do=${what}]`).disabled = !this.notes.length;
  }

  // Rows as the sheet Besluiten has its columns. A text that a spreadsheet would take for a formula gets a space in front; the dashboard ignores it.
  rows() {
    const plain = (text) => (/^[=+\-@]/.test(text) ? " " : "") + text.replace(/\s+/g, " ");
    const day = (iso) => (iso ? iso.split("-").reverse().map(Number).join("-") : "");
    return this.notes.map((note) => [day(note.date), note.kind, plain(note.text), plain(note.meeting), plain(note.owner), day(note.due), this.data.status[note.kind]].join("\t")).join("\r\n");
  }

  async copy() {
    if (!this.notes.length) return;
    const rows = this.rows();
    try {
      await navigator.clipboard.writeText(rows);
    } catch { // without https a browser gives no clipboard; the old way still works
      const area = this.noting.appendChild(Object.assign(document.createElement("textarea"), { value: rows }));
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    this.say(this.data.words.copied);
  }

  say(words) {
    this.noting.querySelector(".v-done").textContent = words;
  }

  end() {
    document.removeEventListener("keydown", this.onKey, true);
    document.fonts.removeEventListener("loadingdone", this.onSize);
    this.sizes.disconnect();
    clearInterval(this.ticking);
    document.querySelector(".v-blank")?.remove();
    this.root.meeting = null;
  }
}
