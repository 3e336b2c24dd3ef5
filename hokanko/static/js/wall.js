// The dock wall: each event is the wall drawn anew.
new EventSource("live/").addEventListener("wall", ({ data }) => (document.querySelector("#wall").innerHTML = data));
