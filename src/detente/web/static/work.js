// Work on the server: told how far it is, stopped on request, shown when done.
const PAUSE = 300;

export async function follow(section) {
  const key = section.dataset.job;
  const bar = section.querySelector("progress");
  const what = section.querySelector(".what");
  section.querySelector(".stop").addEventListener("click", () =>
    fetch(`/jobs/${key}/cancel`, { method: "POST" }));
  let away = false;
  for (;;) {
    try {
      const told = await fetch(`/jobs/${key}`);
      if (!told.ok) return say(section, "The server does not know of this any more.", true);
      const job = await told.json();
      if (away) { away = false; what.textContent = ""; }
      if (job.state === "done") return show(section, key);
      if (job.state === "failed") return say(section, job.error, false);
      if (job.state === "cancelled") return say(section, "It was stopped.", true);
      bar.value = job.share;
      what.textContent = job.state === "waiting" ? "It waits for other questions." : job.what;
    } catch {
      away = true;
      what.textContent = "The server cannot be reached; trying again.";
    }
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}

async function show(section, key) {
  const page = await fetch(`/jobs/${key}/page`);
  const type = page.headers.get("content-type") || "";
  if (!page.ok || !type.startsWith("text/html") || document.querySelector("form[action$='/brief']")) {
    return location.reload();
  }
  const holder = section.parentElement;
  holder.innerHTML = await page.text();
}

function say(section, text, again) {
  const told = document.createElement("p");
  told.className = "note warning";
  told.setAttribute("role", "alert");
  told.textContent = `${text} `;
  if (again) {
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = "Ask again";
    told.append(link);
  }
  section.replaceWith(told);
}
