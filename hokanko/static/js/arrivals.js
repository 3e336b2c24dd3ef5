// Keeps what is under way on a page moving (transfers, clips); when the last has ended, a fresh page.
const moving = "[data-copying]";

async function look() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const now = page.querySelector(moving);
  if (!now) return location.reload();
  document.querySelector(moving).replaceWith(now);
  setTimeout(look, 2000);
}

if (document.querySelector(moving)) setTimeout(look, 2000);
