// Keeps the transfers on the arrivals page moving; a transfer that ends brings a fresh page.
const table = document.querySelector("[data-arrivals]");

async function look() {
  const answer = await fetch(table.dataset.arrivals, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { arrivals } = await answer.json();
  for (const arrival of arrivals) {
    const cell = table.querySelector(`[data-id="${arrival.id}"]`);
    if (!cell || cell.dataset.state !== arrival.state) return location.reload();
    const bar = cell.querySelector("progress");
    if (!bar || !arrival.total) continue;
    bar.value = arrival.done / arrival.total;
    cell.querySelector("[data-percent]").textContent = `${Math.floor(bar.value * 100)} %`;
  }
  setTimeout(look, 2000);
}

if (table?.dataset.copying === "yes") setTimeout(look, 2000);
