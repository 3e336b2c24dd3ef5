// Sends each chosen file as the plain body of a PUT, one after the other, and shows how far it is.
const form = document.querySelector("[data-upload]");
const list = document.querySelector("[data-list]");
const row = document.querySelector("#upload-row");
const words = form.dataset;

function show(file) {
  const item = row.content.firstElementChild.cloneNode(true);
  item.querySelector("[data-name]").textContent = file.name;
  list.append(item);
  return item;
}

function say(item, text, kind) {
  const tag = item.querySelector("[data-state]");
  tag.textContent = text;
  tag.className = `tag ${kind}`;
}

function explain(answer) {
  const { refused, error } = answer;
  const ja = document.documentElement.lang !== "en";
  if (refused) {
    const clause = refused.clause ? ` [${refused.clause}]` : "";
    return `${refused.article}${clause}　${ja ? refused.message : refused.message_en}`;
  }
  return error ? (ja ? error.ja : error.en) : words.broken;
}

function send(file, item) {
  return new Promise((finish) => {
    const put = new XMLHttpRequest();
    const bar = item.querySelector("progress");
    put.open("PUT", words.upload);
    put.responseType = "json";
    put.setRequestHeader("Accept", "application/json");
    put.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    put.setRequestHeader("X-Hokanko-Camera", encodeURIComponent(form.elements.camera.value));
    put.setRequestHeader("X-Hokanko-Name", encodeURIComponent(file.name));
    put.setRequestHeader("X-Hokanko-Modified", new Date(file.lastModified).toISOString());
    put.upload.onprogress = (event) => {
      bar.value = event.loaded / event.total;
      say(item, event.loaded < event.total ? words.sending : words.sealing, "");
    };
    put.onload = () => {
      const made = put.status === 201;
      say(item, made ? words.done : words.failed, made ? "good" : "bad");
      const answer = put.response ?? {};
      item.querySelector("[data-note]").textContent = made ? answer.number : explain(answer);
      finish();
    };
    put.onerror = () => {
      say(item, words.failed, "bad");
      item.querySelector("[data-note]").textContent = words.broken;
      finish();
    };
    put.send(file);
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const waiting = [...form.elements.files.files].map((file) => [file, show(file)]);
  for (const [file, item] of waiting) await send(file, item);
  form.elements.files.value = "";
  button.disabled = false;
});
