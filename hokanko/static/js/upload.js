// Sends each chosen file as the plain body of a PUT, one after the other, and shows how far it is.
const form = document.querySelector("[data-upload]");
const words = form.dataset;

function show(file) {
  const item = document.querySelector("#upload-row").content.firstElementChild.cloneNode(true);
  item.querySelector("[data-name]").textContent = file.webkitRelativePath || file.name;
  document.querySelector("[data-list]").append(item);
  return item;
}

function send(file, item) {
  const [bar, tag, note] = item.querySelectorAll("progress, [data-state], [data-note]");
  const put = new XMLHttpRequest(); // fetch() cannot tell how far it is
  const headers = {
    Accept: "application/json",
    "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
    "X-Hokanko-Camera": encodeURIComponent(form.elements.camera.value),
    "X-Hokanko-Confidentiality": form.elements.confidentiality?.value ?? "",
    "X-Hokanko-Name": encodeURIComponent(file.webkitRelativePath || file.name),
    "X-Hokanko-Modified": new Date(file.lastModified).toISOString(),
  };
  put.open("PUT", words.upload);
  put.responseType = "json";
  for (const [name, value] of Object.entries(headers)) put.setRequestHeader(name, value);
  put.upload.onprogress = (event) => {
    bar.value = event.loaded / event.total;
    tag.textContent = bar.value < 1 ? words.sending : words.sealing;
  };
  put.send(file);
  return new Promise((finish) => {
    put.onloadend = () => {
      const made = put.status === 201;
      [tag.textContent, tag.className] = made ? [words.done, "tag good"] : [words.failed, "tag bad"];
      note.textContent = (made ? put.response.number : put.response?.words) ?? words.broken;
      finish();
    };
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.submitter.disabled = true;
  const waiting = [...form.elements.files.files].map((file) => [file, show(file)]);
  for (const [file, item] of waiting) await send(file, item);
  form.elements.files.value = "";
  event.submitter.disabled = false;
});
