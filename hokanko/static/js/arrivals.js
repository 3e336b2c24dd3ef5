// Keeps the transfers on the arrivals page moving; when the last has ended, a fresh page.
const moving = "[data-copying]";

async function look() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector(moving);
  if (!now) return location.reload();
  document.querySelector(moving).replaceWith(now);
  setTimeout(look, 2000);
}

if (document.querySelector(moving)) setTimeout(look, 2000);
