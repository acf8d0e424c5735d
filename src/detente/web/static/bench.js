// What every page does: a menu that fits the room, work that tells how far it is, files that are read again.
import { follow } from "./work.js";
import { move } from "./whatif.js";

const menu = document.querySelector(".menu");
if (menu && matchMedia("(max-width: 56rem)").matches) menu.open = false;

for (const section of document.querySelectorAll("[data-job]")) follow(section);

const bench = document.getElementById("bench");
if (bench) move(bench);

const again = document.getElementById("again");
if (again) {
  const was = document.querySelector("main").textContent;
  setInterval(async () => {
    try {
      const page = await fetch(location.href);
      const text = await page.text();
      const read = new DOMParser().parseFromString(text, "text/html").querySelector("main");
      if (page.ok || read.textContent !== was) location.reload();
    } catch { /* the server is away; the next look tells */ }
  }, Number(again.dataset.again));
}
