// A little help where there is JavaScript; everything works without it.
"use strict";

// After a mistake, the list of what to mend is read first.
document.getElementById("errors")?.focus();

// How much can still be written.
for (const hint of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(hint.dataset.counts);
  const words = hint.textContent;
  const most = Number(field.maxLength);
  const show = () => { hint.textContent = `${words} (${field.value.length} / ${most})`; };
  field.addEventListener("input", show);
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
