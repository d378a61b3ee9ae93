"use strict";

// Shows how long an answer takes and sends it along. A reload goes on counting; a pause counts not.
function startTimer(root) {
  const form = root.querySelector("form[data-timer]");
  if (!form) return;
  const key = `answer-${form.dataset.timer}`;
  const seconds = form.elements.seconds;
  const place = form.querySelector("[role=timer]");
  let count = Number(seconds.value || sessionStorage.getItem(key) || 0);
  const show = () => {
    seconds.value = count;
    sessionStorage.setItem(key, count);
    place.textContent = `${Math.floor(count / 60)}:${String(count % 60).padStart(2, "0")}`;
  };
  show();
  place.parentElement.hidden = false;
  const timer = setInterval(() => {
    if (!form.isConnected) return clearInterval(timer);
    count += 1;
    show();
  }, 1000);
}

// Puts the focus into the answer box when it is one's turn, unless one is busy elsewhere.
function takeTurn(root) {
  const button = root.querySelector(".answer .button");
  const busy = document.activeElement && ![document.body, document.getElementById("main")].includes(document.activeElement);
  if (button && !button.disabled && !busy) button.form.elements.text.focus();
}

for (const event of ["DOMContentLoaded", "htmx:load"]) {
  document.addEventListener(event, ({ detail }) => {
    const root = detail ? detail.elt : document;
    if (root === document.body) return;
    startTimer(root);
    takeTurn(root);
  });
}
