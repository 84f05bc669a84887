// Telegram puts what it has signed into the address, after #, where no server sees it. It goes into the form, and out of the address.
"use strict";

const form = document.getElementById("come-in");
const handed = new URLSearchParams(window.location.hash.slice(1)).get("tgWebAppData");
// In a frame nothing is handed on: whoever frames the page could have the button pressed.
if (form && handed && window.top === window.self) {
  form.elements.init_data.value = handed;
  form.hidden = false;
  window.history.replaceState(null, "", window.location.pathname);
}
