// What if: numbers and beginnings that are moved, the verdict that follows, and the address that carries them.
const LATER = 350; // milliseconds of rest before the slower foresight is asked

export function move(bench) {
  const moving = bench.dataset.moving === "yes";
  const state = { sliders: new Map(), base: { seq: null, own: null }, asked: {}, timer: 0, depth: 0 };
  const table = bench.querySelector("#standings");
  const rows = new Map([...table.tBodies[0].rows].map((row) => [row.dataset.strategy, row]));

  const query = () => new URLSearchParams(location.search);
  const changed = (given) => ["sets", "opens", "closes", "starts"].some((name) => given.has(name));

  function say(text) { bench.querySelector("#state").textContent = text; }

  async function judge(kind, given, told) {
    state.asked[kind]?.abort();
    const mine = (state.asked[kind] = new AbortController());
    const asked = new URLSearchParams();
    for (const name of ["sets", "opens", "closes", "starts"]) for (const text of given.getAll(name)) asked.append(name, text);
    if (kind === "seq" || kind === "base") asked.set("foresight", "seq");
    const first = bench.querySelector("tr.first")?.dataset.strategy;
    if (first) asked.set("first", first);
    const found = new Map();
    try {
      const answer = await fetch(`${bench.dataset.crisis}live?${asked}`, { signal: mine.signal });
      let left = "";
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        left += value;
        const lines = left.split("\n");
        left = lines.pop();
        for (const line of lines) {
          const one = JSON.parse(line);
          if (one.error) { say(one.error); return null; }
          if (one.strategy) { found.set(one.strategy, one); told(one); }
        }
      }
      return found;
    } catch (error) {
      if (error.name !== "AbortError") say("The server cannot be reached; move again to retry.");
      return null;
    }
  }

  const words = (share) => share === undefined ? "–" : share >= 1 - 1e-9 ? "certain" : share <= 1e-9 ? "never" : `${share < 0.005 ? "under 1" : share >= 0.995 ? "over 99" : Math.round(100 * share)}%`;

  function cell(kind, one) {
    const row = rows.get(one.strategy);
    if (!row) return;
    const share = one.success[bench.dataset.aim];
    const place = row.querySelector(`.${kind}`);
    place.classList.remove("old");
    place.textContent = words(share);
    if (share !== undefined) {
      const bar = document.createElement("meter");
      bar.max = 1; bar.value = share;
      bar.setAttribute("aria-hidden", "true");
      place.append(bar);
    }
    const was = state.base[kind]?.get(one.strategy)?.success[bench.dataset.aim];
    if (moving) {
      const change = document.createElement("span");
      change.className = "change";
      if (was !== undefined && Math.abs(share - was) > 0.005) {
        change.classList.add(share > was ? "up" : "down");
        change.textContent = `${share > was ? "▲ +" : "▼ −"}${Math.round(100 * Math.abs(share - was))}%`;
        row.classList.add("moved");
      }
      place.append(change);
    }
    if (kind === "own" && one.lasting !== null) row.querySelector(".lasting").textContent = words(one.lasting);
    if (kind === "own") row.querySelector(".lasting").classList.remove("old");
  }

  async function verdict(given, settle = true) {
    const wanted = given.toString();
    const bare = new URLSearchParams();
    say("");
    for (const row of rows.values()) {
      row.classList.remove("moved");
      for (const place of row.querySelectorAll(".own, .lasting")) place.classList.add("old");
    }
    if (changed(given) && !state.base.seq) state.base.seq = await judge("base", bare, () => {});
    const found = await judge("seq", given, (one) => cell("seq", one));
    if (!found) return;
    table.dataset.shown = wanted;
    if (!changed(given)) state.base.seq = found;
    clearTimeout(state.timer);
    if (!settle) return;
    say("The slower foresight is being worked out …");
    state.timer = setTimeout(async () => {
      const slow = await judge("own", given, (one) => cell("own", one));
      if (!slow) return;
      say("");
      table.dataset.own = wanted;
      if (!changed(given)) state.base.own = slow;
      else if (!state.base.own) {
        state.base.own = await judge("beside", bare, () => {});
        if (table.dataset.own === query().toString()) for (const one of slow.values()) cell("own", one);
      }
    }, moving ? LATER : 0);
  }

  verdict(query());
  if (!moving) return;

  // ---- sliders ----
  const holder = bench.querySelector("#sliders");
  const undo = bench.querySelector("#undo");
  const reset = bench.querySelector("#reset");

  function sets() {
    const found = new Map();
    for (const text of query().getAll("sets")) {
      const [address, ...value] = text.split("=");
      found.set(address, value.join("="));
    }
    return found;
  }

  function written(values, starts) {
    const given = query();
    given.delete("sets"); given.delete("starts");
    for (const [address, value] of values) given.append("sets", `${address}=${value}`);
    for (const [option, level] of starts) given.append("starts", `${option}=${level}`);
    return given;
  }

  function starts() {
    return new Map(query().getAll("starts").map((text) => { const at = text.lastIndexOf("="); return [text.slice(0, at), text.slice(at + 1)]; }));
  }

  function wanted(one, value) {
    const values = sets();
    for (const address of one.addresses) {
      if (value === null || Number(value) === one.value) values.delete(address);
      else values.set(address, value);
    }
    return written(values, starts());
  }

  function keep(given) {
    history.pushState({ depth: ++state.depth }, "", `${location.pathname}${given.toString() ? `?${given}` : ""}`);
    shown();
    verdict(given);
  }

  function shown() {
    const values = sets();
    for (const one of state.sliders.values()) {
      const given = values.get(one.addresses[0]);
      const value = given ?? String(one.value);
      one.range.value = value; one.box.value = value;
      one.row.classList.toggle("moved", given !== undefined);
      one.shelf.classList.toggle("has", given !== undefined);
    }
    const levels = starts();
    for (const select of bench.querySelectorAll("[data-option]")) {
      select.value = levels.get(select.dataset.option) ?? select.dataset.level;
      select.classList.toggle("moved", levels.has(select.dataset.option));
    }
    tellChanges();
    undo.disabled = state.depth === 0;
    reset.disabled = !changed(query());
    for (const id of ["save", "full"]) {
      const link = bench.querySelector(`#${id}`);
      const given = query();
      if (id === "save") given.set("called", bench.querySelector("#called").value);
      link.href = `${bench.dataset.crisis}${id === "save" ? "variant.yaml" : "assess"}${given.toString() ? `?${given}` : ""}`;
    }
    for (const link of document.querySelectorAll(".side a")) {
      link.href = `${link.pathname}${changed(query()) ? location.search : ""}`;
    }
  }

  // What the server wrote is of the address that was asked for; once numbers move, the page says what they are now.
  const asked = location.search;
  function tellChanges() {
    if (location.search === asked && !state.retold) return;
    state.retold = true;
    const given = query();
    const told = ["sets", "opens", "closes", "starts"].flatMap((name) => given.getAll(name));
    const banner = document.querySelector(".changed");
    if (banner) banner.hidden = !told.length;
    if (banner && told.length) banner.firstElementChild.replaceChildren(element("strong", {}, "A variant: "), `${told.join("; ")}.`);
    let note = document.getElementById("stale");
    if (!note) {
      note = element("p", { id: "stale", class: "note" });
      document.querySelector(".answer")?.before(note);
    }
    note.hidden = location.search === asked;
    note.textContent = "What follows is the answer to the numbers as they were; “Answer in full” asks it of these.";
  }

  function element(name, attributes, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  }

  function slider(one, shelf, count) {
    const id = `number-${count}`;
    const range = element("input", { type: "range", id, min: one.low, max: one.high, step: one.step, value: one.value });
    const box = element("input", { type: "number", step: "any", value: one.value, "aria-label": `${one.says}: as a number` });
    const told = [`${one.addresses.join(", ")}: ${one.shown}.`, one.because].filter(Boolean).join(" ");
    const row = element("div", { class: "slider" }, element("label", { for: id }, one.says), range, box, element("p", {}, told));
    Object.assign(one, { range, box, row, shelf });
    range.addEventListener("input", () => { box.value = range.value; verdict(wanted(one, range.value), false); });
    range.addEventListener("change", () => keep(wanted(one, range.value)));
    box.addEventListener("change", () => keep(wanted(one, box.value === "" ? null : box.value)));
    state.sliders.set(one.addresses[0], one);
    return row;
  }

  async function read() {
    const answer = await fetch(`${bench.dataset.crisis}numbers`);
    const shelves = await answer.json();
    holder.replaceChildren();
    let count = 0;
    for (const shelf of shelves) {
      const made = element("details", {}, element("summary", {}, `${shelf.title} (${shelf.numbers.length})`));
      for (const one of shelf.numbers) made.append(slider(one, made, count++));
      holder.append(made);
    }
    if (holder.firstElementChild) holder.firstElementChild.open = true;
    holder.setAttribute("aria-busy", "false");
    shown();
    turning();
  }

  async function turning() {
    const answer = await fetch(`${bench.dataset.crisis}turning`);
    const { addresses } = await answer.json();
    const known = addresses.map((address) => state.sliders.get(address)).filter(Boolean);
    if (!known.length) return;
    const made = element("details", { class: "turning", open: "" }, element("summary", {}, `These change a verdict within their own spread (${known.length})`));
    for (const one of known) { made.append(one.row); one.shelf = made; }
    for (const shelf of holder.children) shelf.open = false;
    holder.prepend(made);
  }

  bench.querySelector("#find").addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const one of state.sliders.values()) {
      const text = one.row.textContent.toLowerCase();
      one.row.hidden = !words.every((word) => text.includes(word));
    }
    for (const shelf of holder.querySelectorAll("details")) {
      const left = [...shelf.querySelectorAll(".slider")].some((row) => !row.hidden);
      shelf.hidden = !left;
      if (words.length) shelf.open = left;
    }
  });

  for (const select of bench.querySelectorAll("[data-option]")) {
    select.addEventListener("change", () => {
      const levels = starts();
      if (select.value === select.dataset.level) levels.delete(select.dataset.option);
      else levels.set(select.dataset.option, select.value);
      keep(written(sets(), levels));
    });
  }

  undo.addEventListener("click", () => history.back());
  reset.addEventListener("click", () => {
    const given = query();
    for (const name of ["sets", "opens", "closes", "starts"]) given.delete(name);
    keep(given);
  });
  bench.querySelector("#called").addEventListener("input", shown);
  bench.querySelector("#share").addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(location.href); say("The address is copied; it opens on this machine while the workbench runs."); }
    catch { say(`The address: ${location.href}`); }
  });
  addEventListener("popstate", (event) => { state.depth = event.state?.depth ?? 0; shown(); verdict(query()); });
  read();
}
