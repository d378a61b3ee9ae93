"use strict";

// Says the new status of a job aloud: the words change once for each status, not with every look.
function announceStatus(part) {
  const place = document.getElementById("progress-words");
  if (place && part.dataset && part.dataset.statusWords) place.textContent = part.dataset.statusWords;
}

// Puts the focus where the work goes on: into a form that opened, or back to what it was opened by.
function placeFocus(part) {
  if (!part.classList || !part.classList.contains("section")) return;
  const form = part.querySelector(".entry-form");
  const target = form
    ? form.querySelector("[aria-invalid=true]") || form.querySelector("input:not([type=hidden]), textarea, select")
    : document.getElementById(`${part.id}-add`);
  if (target && !part.contains(document.activeElement)) target.focus();
}

document.addEventListener("htmx:afterSettle", (event) => {
  announceStatus(event.detail.elt);
  placeFocus(event.detail.elt);
});

// A request that could not be made must not look like one that did nothing.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    if (event.detail.requestConfig.verb === "get" && event.detail.elt.id === "feedback") return;
    const messages = document.querySelector(".messages");
    const message = document.createElement("p");
    message.className = "message error";
    message.textContent = document.documentElement.lang === "en"
      ? "That did not work. Check your connection and try again."
      : "처리하지 못했습니다. 연결을 확인하고 다시 시도해 주세요.";
    messages.replaceChildren(message);
    messages.scrollIntoView({ block: "center" });
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
