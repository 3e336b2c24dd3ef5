// While the package is being made: says so, and opens the request anew when it has been handed over.
const form = document.querySelector("[data-handover]");
const said = document.querySelector("[data-handover-said]");

async function look() {
  const { state } = await (await fetch(form.dataset.handover, { headers: { Accept: "application/json" } })).json();
  if (state !== "handed") return setTimeout(look, 2000);
  said.textContent = form.dataset.done;
  setTimeout(() => location.assign(form.dataset.then), 3000); // the download has begun by then
}

form?.addEventListener("submit", () => {
  form.querySelector("button").disabled = true;
  said.textContent = form.dataset.making;
  setTimeout(look, 2000);
});
